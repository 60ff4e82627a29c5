import { render } from 'preact';
import type { ReportData } from '../../src/export/reportData.ts';
import { REPORT_DATA } from '../../src/export/reportData.ts';
import { REPORT_TEXT } from '../../src/text/panel/reportText.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { followTheme } from '../state/theme.ts';
import '../style/panel.css';
import './report.css';
import { ReportApp } from './ReportApp.tsx';

// A report is one file that opens from the disk, offline: the page itself contains its data.

const root = document.getElementById('app') ?? document.body;

async function readData(): Promise<ReportData> {
  const packed = atob(document.getElementById(REPORT_DATA)?.textContent?.trim() ?? '');
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text()) as ReportData;
}

readData().then(
  (data) => followTheme(null, (theme) => render(<ReportApp data={data} theme={theme} />, root)),
  (error: unknown) =>
    render(
      <EmptyState title={REPORT_TEXT.unreadableTitle}>
        <p>{REPORT_TEXT.unreadable(String(error))}</p>
      </EmptyState>,
      root,
    ),
);
