import { useMemo, useState } from 'preact/hooks';
import { requestEnd, requestPhases } from '../../../src/analysis/network.ts';
import type { Request } from '../../../src/session/model.ts';
import { DataTable } from '../../components/DataTable.tsx';
import type { Column } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../components/format.ts';
import type { ViewProps } from '../view.ts';

interface Row {
  key: number;
  request: Request;
}

const PHASES = ['redirect', 'queued', 'DNS', 'connect', 'TLS', 'wait', 'download'] as const;
const shortName = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/i, '').split('/').filter(Boolean).pop() ?? url;
const length = (request: Request): number | null => {
  const end = requestEnd(request);
  return end === null ? null : end - request.startTime;
};

/** A waterfall and table of all requests, phase by phase. */
export function NetworkView({ session, range }: ViewProps) {
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useMemo((): Row[] => {
    const wanted = text.trim().toLowerCase();
    return session.requests
      .map((request, key) => ({ key, request }))
      .filter(({ request }) => wanted === '' || `${request.url} ${request.initiator} ${request.method}`.toLowerCase().includes(wanted))
      .filter(({ request }) => !range || ((requestEnd(request) ?? session.duration) >= range.from && request.startTime <= range.to));
  }, [session, range, text]);
  const columns = useMemo((): Column<Row>[] => {
    const from = range?.from ?? 0;
    const span = Math.max((range?.to ?? session.duration) - from, 1);
    return [
      { key: 'name', title: 'Request', width: 'minmax(170px, 1.5fr)', cell: ({ request }) => <span title={request.url}>{shortName(request.url)}</span>, sort: ({ request }) => request.url },
      { key: 'status', title: 'Status', width: '62px', number: true, cell: ({ request }) => request.status ?? (request.error ? <span title={request.error}>failed</span> : '–'), sort: ({ request }) => request.status ?? 0 },
      { key: 'initiator', title: 'Initiator', width: '100px', cell: ({ request }) => request.initiator, sort: ({ request }) => request.initiator },
      { key: 'protocol', title: 'Protocol', width: '76px', cell: ({ request }) => request.protocol || '–', sort: ({ request }) => request.protocol },
      { key: 'cache', title: 'From', width: '84px', cell: ({ request }) => request.cache, sort: ({ request }) => request.cache },
      { key: 'size', title: 'Size', width: '80px', number: true, cell: ({ request }) => formatBytes(request.decodedBodySize ?? request.stream?.bytes ?? null), sort: ({ request }) => request.decodedBodySize ?? 0 },
      { key: 'start', title: 'Start', width: '76px', number: true, cell: ({ request }) => formatTime(request.startTime), sort: ({ request }) => request.startTime },
      { key: 'time', title: 'Time', width: '80px', number: true, cell: ({ request }) => formatDuration(length(request)), sort: ({ request }) => length(request) ?? Infinity },
      {
        key: 'waterfall', title: 'Waterfall', width: 'minmax(220px, 2fr)', sort: ({ request }) => request.startTime,
        cell: ({ request }) => (
          <div class="waterfall" aria-hidden="true">
            {requestPhases(request).map((phase) => (
              <span key={phase.name} class={`phase phase-${phase.name}`} style={{ left: `${((phase.from - from) / span) * 100}%`, width: `${((phase.to - phase.from) / span) * 100}%` }} />
            ))}
          </div>
        ),
      },
    ];
  }, [session, range]);
  if (session.requests.length === 0) {
    return <EmptyState title="No requests"><p>The page loaded nothing while it was recorded.</p></EmptyState>;
  }
  const chosen = selected === null ? undefined : session.requests[selected];
  return (
    <div class="split">
      <div class="table">
        <div class="table-tools">
          <input type="search" aria-label="Filter requests" placeholder="Filter by URL or initiator" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          <span class="dim">{formatCount(rows.length)} of {formatCount(session.requests.length)} requests</span>
          <span class="legend" style={{ padding: 0 }}>{PHASES.map((name) => <span key={name}><i class={`swatch phase-${name}`} style={{ position: 'static' }} />{name}</span>)}</span>
        </div>
        <DataTable label="Requests" rows={rows} columns={columns} keyOf={({ key }) => key} selected={selected} onSelect={({ key }) => setSelected(key)} sortBy="start" ascending empty="No request matches." />
      </div>
      <div class="details">
        {chosen ? <Details request={chosen} /> : <EmptyState title="Select a request"><p>Its phases in numbers show here.</p></EmptyState>}
      </div>
    </div>
  );
}

function Details({ request }: { request: Request }) {
  const { stream } = request;
  const facts: [string, string][] = [
    ['URL', request.url],
    ['Method', request.method],
    ['Content type', request.contentType || 'not known'],
    ...requestPhases(request).map(({ name, from, to }): [string, string] => [name, formatDuration(to - from)]),
    ['Response headers at', request.headersAt === null ? '–' : formatTime(request.headersAt)],
    ['On the wire', formatBytes(request.transferSize)],
    ['Body, encoded', formatBytes(request.encodedBodySize)],
    ['Body, decoded', formatBytes(request.decodedBodySize)],
    ['Connection', request.connectionReused === null ? 'not known' : request.connectionReused ? 'reused' : 'new'],
    ...(stream
      ? [
        ['First chunk', formatTime(stream.firstChunk)], ['Last chunk', formatTime(stream.lastChunk)],
        ['Chunks', formatCount(stream.chunks)], ['Largest gap', formatDuration(stream.maxGap)],
        ['Median gap', formatDuration(stream.medianGap)], ['Body ended', stream.end],
      ] as [string, string][]
      : []),
    ...(request.error ? [['Error', request.error] as [string, string]] : []),
  ];
  return (
    <dl class="figures">
      {facts.map(([name, value]) => <div key={name} style={name === 'URL' ? { gridColumn: '1 / -1' } : {}}><dt>{name}</dt><dd style={{ fontSize: '12px', overflowWrap: 'anywhere' }}>{value}</dd></div>)}
    </dl>
  );
}
