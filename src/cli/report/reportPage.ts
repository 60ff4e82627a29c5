import { gzipSync } from 'node:zlib';
import type { ReportData } from '../../export/reportData.ts';
import { REPORT_DATA } from '../../export/reportData.ts';
import { builtFile } from '../builtFile.ts';

/**
 * The report as one page. Its policy forbids every request, so that it is the same offline.
 * @param plain what it says in a few lines, for those who run no scripts
 */
export function reportPage(data: ReportData, plain: readonly string[]): string {
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString('base64');
  // Within a script, `</script` would end it; the bundler writes none, but strings may hold one.
  const script = builtFile('report.js').replaceAll('</script', '<\\/script');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(data.title)}</title>
<style>${builtFile('report.css').replaceAll('</style', '<\\/style')}</style>
</head>
<body>
<div id="app"></div>
<noscript><pre>${escaped(plain.join('\n'))}</pre></noscript>
<script type="text/plain" id="${REPORT_DATA}">${packed}</script>
<script>${script}</script>
</body>
</html>
`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
