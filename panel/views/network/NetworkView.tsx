import { useMemo, useState } from 'preact/hooks';
import { requestEnd } from '../../../src/analysis/requestEnd.ts';
import { requestPhases } from '../../../src/analysis/requestPhases.ts';
import type { Request, Session } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../../src/text/format.ts';
import { shortUrl } from '../../../src/text/shortUrl.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { realmColumn } from '../../components/realmColumn.tsx';
import type { TimeScale } from '../../components/timeScale.ts';
import { scaleOf, timeTicks } from '../../components/timeScale.ts';
import { PhaseLegend, TimeAxis, Waterfall } from '../../components/Waterfall.tsx';
import type { ViewProps } from '../view.ts';
import { RequestDetails } from './RequestDetails.tsx';

interface Row {
  key: number;
  request: Request;
  /** Null while it is under way. */
  end: number | null;
}

const PHASES = ['redirect', 'queued', 'DNS', 'connect', 'TLS', 'wait', 'download'] as const;
const TICKS = 4;

/** A waterfall and table of all requests, phase by phase. */
export function NetworkView({ session, range, onRange }: ViewProps) {
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useMemo((): Row[] => {
    const wanted = text.trim().toLowerCase();
    return session.requests
      .map((request, key) => ({ key, request, end: requestEnd(request) }))
      .filter(
        ({ request }) =>
          wanted === '' ||
          `${request.url} ${request.initiator} ${request.method} ${request.status}`
            .toLowerCase()
            .includes(wanted),
      )
      .filter(
        ({ request, end }) =>
          !range || ((end ?? session.duration) >= range.from && request.startTime <= range.to),
      );
  }, [session, range, text]);
  const columns = useMemo(() => {
    const shown = range
      ? [range]
      : rows.map(({ request, end }) => ({ from: request.startTime, to: end ?? session.duration }));
    return columnsOf(session, scaleOf(shown) ?? { from: 0, length: 1 });
  }, [session, range, rows]);
  const transferred = useMemo(
    () => rows.reduce((sum, { request }) => sum + (request.transferSize ?? 0), 0),
    [rows],
  );
  if (session.requests.length === 0) {
    return (
      <EmptyState title="No requests">
        <p>
          The page loaded nothing while it was recorded. Use Record, which reloads the page, to see
          what loading it takes.
        </p>
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
          <span class="dim">
            {formatCount(rows.length)} of {formatCount(session.requests.length)} requests,{' '}
            {formatBytes(transferred)} on the wire
          </span>
          <PhaseLegend names={PHASES} />
        </div>
        <DataTable
          label="Requests"
          rows={rows}
          columns={columns}
          keyOf={({ key }) => key}
          selected={selected}
          onSelect={({ key }) => setSelected(key)}
          sortBy="start"
          ascending
          empty={range ? 'No request matches in the selected range.' : 'No request matches.'}
        />
      </div>
      <div class="details">
        {chosen ? (
          <RequestDetails request={chosen} onRange={onRange} />
        ) : (
          <p class="dim note">Select a request to see its phases, sizes and stream in numbers.</p>
        )}
      </div>
    </div>
  );
}

function status(request: Request) {
  if (request.status === null)
    return request.error ? (
      <span class="error" title={request.error}>
        failed
      </span>
    ) : (
      '–'
    );
  return request.status >= 400 ? <span class="error">{request.status}</span> : request.status;
}

const reuse = ({ connectionReused }: Request): string =>
  connectionReused === null ? '–' : connectionReused ? 'reused' : 'new';
const sizeOf = (request: Request): number | null =>
  request.decodedBodySize ?? request.stream?.bytes ?? null;
const time = ({ request, end }: Row): number | null =>
  end === null ? null : end - request.startTime;

function columnsOf(session: Session, scale: TimeScale): Column<Row>[] {
  const ticks = timeTicks(scale, TICKS);
  return [
    {
      key: 'name',
      title: 'Request',
      width: 'minmax(150px, 1.4fr)',
      cell: ({ request }) => (
        <MiddleCut text={shortUrl(request.url)} title={`${request.method} ${request.url}`} />
      ),
      sort: ({ request }) => request.url,
    },
    ...realmColumn<Row>(session, ({ request }) => request.realm),
    {
      key: 'status',
      title: 'Status',
      width: '62px',
      number: true,
      cell: ({ request }) => status(request),
      sort: ({ request }) => request.status ?? 0,
    },
    {
      key: 'wire',
      title: 'Wire',
      width: '74px',
      number: true,
      cell: ({ request }) => formatBytes(request.transferSize),
      sort: ({ request }) => request.transferSize ?? -1,
    },
    {
      key: 'time',
      title: 'Time',
      width: '76px',
      number: true,
      cell: (row) =>
        row.end === null ? <span class="dim">under way</span> : formatDuration(time(row)),
      sort: (row) => time(row) ?? Infinity,
    },
    {
      key: 'waterfall',
      title: 'Waterfall',
      width: 'minmax(220px, 2.4fr)',
      head: <TimeAxis ticks={ticks} />,
      cell: ({ request }) => (
        <Waterfall phases={requestPhases(request)} scale={scale} ticks={ticks} />
      ),
    },
    {
      key: 'start',
      title: 'Start',
      width: '70px',
      number: true,
      cell: ({ request }) => formatTime(request.startTime),
      sort: ({ request }) => request.startTime,
    },
    {
      key: 'size',
      title: 'Size',
      width: '74px',
      number: true,
      cell: ({ request }) => formatBytes(sizeOf(request)),
      sort: ({ request }) => sizeOf(request) ?? -1,
    },
    {
      key: 'cache',
      title: 'From',
      width: '84px',
      cell: ({ request }) => request.cache,
      sort: ({ request }) => request.cache,
    },
    {
      key: 'initiator',
      title: 'Initiator',
      width: '92px',
      cell: ({ request }) => request.initiator,
      sort: ({ request }) => request.initiator,
    },
    {
      key: 'protocol',
      title: 'Protocol',
      width: '74px',
      cell: ({ request }) => request.protocol || '–',
      sort: ({ request }) => request.protocol,
    },
    {
      key: 'connection',
      title: 'Connection',
      width: '96px',
      cell: ({ request }) => reuse(request),
      sort: ({ request }) => reuse(request),
    },
  ];
}
