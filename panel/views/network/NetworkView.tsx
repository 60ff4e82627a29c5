import { useMemo, useState } from 'preact/hooks';
import { requestEnd } from '../../../src/analysis/requestEnd.ts';
import type { Session, TimeRange } from '../../../src/session/model.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import { NETWORK_TEXT } from '../../../src/text/panel/networkText.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { scaleOf } from '../../components/timeScale.ts';
import { PhaseLegend } from '../../components/Waterfall.tsx';
import type { ViewProps } from '../view.ts';
import { RequestDetails } from './RequestDetails.tsx';
import type { RequestRow } from './requestColumns.tsx';
import { requestColumns } from './requestColumns.tsx';

const PHASES = ['redirect', 'queued', 'DNS', 'connect', 'TLS', 'wait', 'download'] as const;

/** A table and waterfall of all requests, phase by phase. */
export function NetworkView({ session, range, onRange }: ViewProps) {
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useMemo(() => shownRequests(session, range, text), [session, range, text]);
  const columns = useMemo(() => {
    const shown = range
      ? [range]
      : rows.map(({ request, end }) => ({ from: request.startTime, to: end ?? session.duration }));
    return requestColumns(session, scaleOf(shown) ?? { from: 0, length: 1 });
  }, [session, range, rows]);
  if (session.requests.length === 0) {
    return (
      <EmptyState title={NETWORK_TEXT.emptyTitle}>
        <p>{NETWORK_TEXT.empty}</p>
      </EmptyState>
    );
  }
  const chosen = selected === null ? undefined : session.requests[selected];
  return (
    <div class={chosen ? 'split' : 'split unselected'}>
      <div class="table">
        <div class="table-tools">
          <input
            type="search"
            aria-label="Filter requests"
            placeholder="Filter by URL, status or initiator"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span class="dim">{countText(rows, session)}</span>
          <PhaseLegend names={PHASES} />
        </div>
        <DataTable
          label="Requests"
          rows={rows}
          columns={columns}
          keyOf={({ index }) => index}
          selected={selected}
          onSelect={({ index }) => setSelected(index)}
          sortBy="start"
          ascending
          empty={range ? NETWORK_TEXT.noMatchInRange : NETWORK_TEXT.noMatch}
        />
      </div>
      <div class="details">
        {chosen ? (
          <RequestDetails request={chosen} onRange={onRange} />
        ) : (
          <p class="dim note">{NETWORK_TEXT.select}</p>
        )}
      </div>
    </div>
  );
}

/** The requests that the filter matches and that were under way within the range. */
function shownRequests(
  { requests, duration }: Session,
  range: TimeRange | null,
  text: string,
): RequestRow[] {
  const wanted = text.trim().toLowerCase();
  return requests
    .map((request, index) => ({ index, request, end: requestEnd(request) }))
    .filter(({ request: { url, initiator, method, status } }) =>
      `${url} ${initiator} ${method} ${status}`.toLowerCase().includes(wanted),
    )
    .filter(
      ({ request, end }) =>
        !range || ((end ?? duration) >= range.from && request.startTime <= range.to),
    );
}

function countText(rows: readonly RequestRow[], { requests }: Session): string {
  const transferred = rows.reduce((sum, { request }) => sum + (request.transferSize ?? 0), 0);
  return `${formatCount(rows.length)} of ${formatCount(requests.length)} requests, ${formatBytes(transferred)} transferred`;
}
