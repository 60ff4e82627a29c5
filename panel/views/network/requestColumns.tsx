import { requestPhases } from '../../../src/analysis/requestPhases.ts';
import type { Request, Session } from '../../../src/session/model.ts';
import { formatBytes, formatDuration, formatTime } from '../../../src/text/format.ts';
import { shortUrl } from '../../../src/text/shortUrl.ts';
import type { Column } from '../../components/Column.ts';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { realmColumn } from '../../components/realmColumn.tsx';
import type { TimeScale } from '../../components/timeScale.ts';
import { timeTicks } from '../../components/timeScale.ts';
import { TimeAxis, Waterfall } from '../../components/Waterfall.tsx';
import { bodySize, connectionLabel } from './requestFacts.ts';

/** A request in the table. */
export interface RequestRow {
  /** Its index in the session. */
  index: number;
  request: Request;
  /** Null while it is pending. */
  end: number | null;
}

const TICKS = 4;

/**
 * One row per request. The least important columns come last, where a narrow window cuts them off.
 */
export const requestColumns = (session: Session, scale: TimeScale): Column<RequestRow>[] => [
  {
    key: 'name',
    title: 'Request',
    width: 'minmax(150px, 1.4fr)',
    cell: ({ request }) => (
      <MiddleCut text={shortUrl(request.url)} title={`${request.method} ${request.url}`} />
    ),
    sort: ({ request }) => request.url,
  },
  ...realmColumn<RequestRow>(session, ({ request }) => request.realm),
  {
    key: 'status',
    title: 'Status',
    width: '62px',
    number: true,
    cell: ({ request }) => <Status request={request} />,
    sort: ({ request }) => request.status ?? 0,
  },
  {
    key: 'transferred',
    title: 'Transferred',
    term: 'transferred',
    width: '124px',
    number: true,
    cell: ({ request }) => formatBytes(request.transferSize),
    sort: ({ request }) => request.transferSize ?? -1,
  },
  {
    key: 'duration',
    title: 'Duration',
    width: '88px',
    number: true,
    cell: (row) => {
      const duration = durationOf(row);
      return duration === null ? <span class="dim">pending</span> : formatDuration(duration);
    },
    sort: (row) => durationOf(row) ?? Infinity,
  },
  waterfallColumn(scale),
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
    cell: ({ request }) => formatBytes(bodySize(request)),
    sort: ({ request }) => bodySize(request) ?? -1,
  },
  ...originColumns,
];

function waterfallColumn(scale: TimeScale): Column<RequestRow> {
  const ticks = timeTicks(scale, TICKS);
  return {
    key: 'waterfall',
    title: 'Waterfall',
    width: 'minmax(220px, 2.4fr)',
    head: <TimeAxis ticks={ticks} />,
    cell: ({ request }) => (
      <Waterfall phases={requestPhases(request)} scale={scale} ticks={ticks} />
    ),
  };
}

/** Where a response came from, and who asked for it. */
const originColumns: Column<RequestRow>[] = [
  {
    key: 'source',
    title: 'Source',
    width: '88px',
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
    width: '76px',
    cell: ({ request }) => request.protocol || '–',
    sort: ({ request }) => request.protocol,
  },
  {
    key: 'connection',
    title: 'Connection',
    width: '96px',
    cell: ({ request }) => connectionLabel(request),
    sort: ({ request }) => connectionLabel(request),
  },
];

const durationOf = ({ request, end }: RequestRow): number | null =>
  end === null ? null : end - request.startTime;

function Status({ request: { status, error } }: { request: Request }) {
  if (status === null && error !== null) {
    return (
      <span class="error" title={error}>
        failed
      </span>
    );
  }
  return <span class={status !== null && status >= 400 ? 'error' : ''}>{status ?? '–'}</span>;
}
