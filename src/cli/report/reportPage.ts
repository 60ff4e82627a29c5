import { gzipSync } from 'node:zlib';
import type { ReportData } from '../../export/reportData.ts';
import { REPORT_DATA } from '../../export/reportData.ts';
import { builtFile } from '../builtFile.ts';

/**
 * The report as one HTML page. Its policy forbids every request, so that it is the same offline.
 * @param plain what readers without scripts see, in lines
 * @throws CliError if the report's script is not built
 */
export function reportPage(data: ReportData, plain: readonly string[]): string {
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(data.title)}</title>
<style>${withoutEndTag(builtFile('report.css'), 'style')}</style>
</head>
<body>
<div id="app"></div>
<noscript><pre>${escapeHtml(plain.join('\n'))}</pre></noscript>
<script type="text/plain" id="${REPORT_DATA}">${packed}</script>
<script>${withoutEndTag(builtFile('report.js'), 'script')}</script>
</body>
</html>
`;
}

/** An end tag would end the element, even within a string of the script. */
const withoutEndTag = (code: string, element: string): string =>
  code.replaceAll(`</${element}`, `<\\/${element}`);

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
