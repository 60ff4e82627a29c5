import type { ReportData } from '../../src/export/reportData.ts';
import type { Session } from '../../src/session/model.ts';

interface Props {
  data: ReportData;
  /** Index of the chosen session. */
  chosen: number;
  /** Null where the report has none. */
  session: Session | null;
  onChoose(index: number): void;
}

/**
 * The report's title, its sessions to choose from, and where and when the chosen one was recorded.
 */
export function ReportHead({ data, chosen, session, onChoose }: Props) {
  return (
    <header class="report-head">
      <h1>{data.title}</h1>
      {data.sessions.length > 1 && (
        <select
          aria-label="Session"
          value={chosen}
          onChange={(event) => onChoose(Number(event.currentTarget.value))}
        >
          {data.sessions.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
      )}
      {session && (
        <span class="dim">
          {session.info.page}, {utcTime(session.info.started)}
        </span>
      )}
      <span class="grow" />
      <span class="dim">Wasmscope {data.version}</span>
      <a href="#glossary">Glossary</a>
    </header>
  );
}

/** `2026-11-23 10:54 UTC`: a report is read elsewhere than where it was recorded. */
const utcTime = (epochMs: number): string =>
  `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
