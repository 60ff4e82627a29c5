import { crossingTable } from '../analysis/crossingTable.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import type { CrossingInterval, Series, Session, Span } from '../session/model.ts';
import { CALL_SUMS } from '../session/model.ts';
import type { Table } from './csvTable.ts';
import { streamed, table } from './csvTable.ts';
import { rowsOf } from './source.ts';
import { validityRows } from './validityRows.ts';

// The tables of the CSV export. Names say the unit; times count from the session's origin. A row's
// `module`, `realm`, `memory` or `node` is the number of a row in that table, from 0.

const moduleName = (session: Session, module: number | null): string =>
  session.modules[module ?? -1]?.name ?? '';

const functionCells = (session: Session, fn: number): [string, string, string] => {
  const row = session.functions[fn];
  return [moduleName(session, row?.module ?? null), row?.kind ?? '', row?.name ?? ''];
};

/** How often the segments are read: once for all that is summed, once for each streamed table. */
export const PASSES = 4;

export const TABLES: readonly Table[] = [
  table('realms', ({ realms }) => realms, {
    realm: (_, index) => index,
    kind: ({ kind }) => kind,
    url: ({ url }) => url,
    name: ({ name }) => name,
    time_origin_epoch_ms: ({ timeOrigin }) => timeOrigin,
    offset_ms: ({ offset }) => offset,
    last_seen_ms: ({ lastSeen }) => lastSeen,
    ended: ({ ended }) => ended,
    late: ({ startedLate }) => startedLate,
    cross_origin_isolated: ({ crossOriginIsolated }) => crossOriginIsolated,
    clock_resolution_ms: ({ clockResolution }) => clockResolution,
    clock_cost_ms: ({ calibration }) => calibration.clockCost,
    clock_cost_error_ms: ({ calibration }) => calibration.clockCostError,
    timing_cost_ms: ({ calibration }) => calibration.timingCost,
    counting_cost_ms: ({ calibration }) => calibration.countingCost,
    user_agent: ({ userAgent }) => userAgent,
    hardware_concurrency: (row) => row.hardwareConcurrency,
    overhead_crossings_ms: ({ overhead }) => overhead.crossings,
    overhead_hooks_ms: ({ overhead }) => overhead.hooks,
    overhead_handover_ms: ({ overhead }) => overhead.handover,
  }),
  table('modules', ({ modules }) => modules, {
    module: (_, index) => index,
    realm: ({ realm }) => realm,
    name: ({ name }) => name,
    url: ({ url }) => url,
    method: ({ method }) => method,
    same_as_module: ({ origin }) => origin,
    streamed: (row) => row.streamed,
    not_streamed: ({ notStreamedReason }) => notStreamedReason,
    on_main_thread: ({ onMainThread }) => onMainThread,
    error: ({ error }) => error,
    request_start_ms: ({ requestStart }) => requestStart,
    response_start_ms: ({ responseStart }) => responseStart,
    response_end_ms: ({ responseEnd }) => responseEnd,
    compile_start_ms: ({ compileStart }) => compileStart,
    compile_end_ms: ({ compileEnd }) => compileEnd,
    instantiate_start_ms: ({ instantiateStart }) => instantiateStart,
    instantiate_end_ms: ({ instantiateEnd }) => instantiateEnd,
    first_call_ms: ({ firstCall }) => firstCall,
    instances: ({ instances }) => instances,
    wire_bytes: ({ transferSize }) => transferSize,
    bytes: ({ bytes }) => bytes,
    imported_functions: ({ imports }) => imports?.function ?? null,
    exported_functions: ({ exports }) => exports?.function ?? null,
    functions: ({ bodyCount }) => bodyCount,
    function_bytes: ({ bodyBytes }) => bodyBytes,
    features: ({ features }) => features?.join(' ') ?? null,
    producers: ({ producers }) => producers?.join('; ') ?? null,
  }),
  table(
    'sections',
    ({ modules }) =>
      modules.flatMap(({ origin, sections }, module) =>
        ((origin === null && sections) || []).map((section) => ({ module, ...section })),
      ),
    {
      module: ({ module }) => module,
      id: ({ id }) => id,
      name: ({ name }) => name,
      bytes: ({ size }) => size,
    },
  ),
  table(
    'function-bodies',
    ({ modules }) =>
      modules.flatMap(({ origin, bodies }, module) =>
        ((origin === null && bodies) || []).map((body) => ({ module, ...body })),
      ),
    {
      module: ({ module }) => module,
      index: ({ index }) => index,
      name: ({ name }) => name,
      bytes: ({ size }) => size,
    },
  ),
  table('memories', ({ memories }) => memories, {
    memory: (_, index) => index,
    realm: ({ realm }) => realm,
    module: ({ module }) => module,
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    shared: ({ shared }) => shared,
    shared_with_realms: ({ sharedWith }) => sharedWith.join(' '),
    address: ({ address }) => address,
    initial_pages: ({ initialPages }) => initialPages,
    maximum_pages: ({ maximumPages }) => maximumPages,
    at_ms: ({ firstSeen }) => firstSeen,
  }),
  table('growths', ({ growths }) => growths, {
    memory: ({ memory }) => memory,
    at_ms: ({ time: at }) => at,
    from_pages: ({ fromPages }) => fromPages,
    to_pages: ({ toPages }) => toPages,
    seen_late: ({ observedLate }) => observedLate,
    node: ({ node }) => node,
    function: ({ node }, _, session) =>
      node === null ? null : functionCells(session, session.nodes.function[node] as number)[2],
  }),
  table('crossings', (session) => crossingTable(session), {
    function: (_, index) => index,
    module: (row, _, session) => functionCells(session, row.function)[0],
    kind: (row, _, session) => functionCells(session, row.function)[1],
    name: (row, _, session) => functionCells(session, row.function)[2],
    signature: (row, _, { functions }) => functions[row.function]?.signature ?? null,
    not_measured: (row, _, { functions }) => functions[row.function]?.notMeasuredReason ?? null,
    calls: ({ calls }) => calls,
    calls_per_second: ({ callsPerSecond }) => callsPerSecond,
    copied_bytes: ({ copied }) => copied,
    self_ms: ({ self }) => self.value,
    self_standard_error_ms: ({ self }) => self.error,
    total_ms: ({ total }) => total.value,
    total_standard_error_ms: ({ total }) => total.error,
    per_call_ns: ({ perCall }) => perCall.value,
    per_call_standard_error_ns: ({ perCall }) => perCall.error,
  }),
  {
    name: 'crossing-tree',
    header: [
      'node',
      'parent',
      'realm',
      'module',
      'kind',
      'name',
      'calls',
      'self_ms',
      'self_standard_error_ms',
      'total_ms',
      'total_standard_error_ms',
    ],
    *rows({ session }) {
      const { nodes } = session;
      const { calls, self, selfVariance, total, totalVariance } = treeFigures(session);
      for (let node = 0; node < nodes.length; node++) {
        yield [
          node,
          nodes.parent[node] as number,
          nodes.realm[node] as number,
          ...functionCells(session, nodes.function[node] as number),
          calls[node] as number,
          self[node] as number,
          Math.sqrt(selfVariance[node] as number),
          total[node] as number,
          Math.sqrt(totalVariance[node] as number),
        ];
      }
    },
  },
  streamed<CrossingInterval>(
    'crossing-intervals',
    [
      'realm',
      'from_ms',
      'to_ms',
      'node',
      'module',
      'kind',
      'name',
      'calls',
      'certain',
      'certain_time_ms',
      'timed',
      'weight',
      'weight_squared',
      'weighted_time_ms',
      'weight_squared_time_ms',
      'square_ms2',
    ],
    ({ source, pass }) =>
      rowsOf(source, pass(1), ['nodes', 'crossings'], (interval) => ({ interval })),
    function* ({ realm, from, to, node, ...sums }, session) {
      for (const [at, index] of node.entries()) {
        yield [
          realm,
          from,
          to,
          index,
          ...functionCells(session, session.nodes.function[index] as number),
          ...CALL_SUMS.map((name) => sums[name][at] as number),
        ];
      }
    },
  ),
  table('requests', ({ requests }) => requests, {
    realm: ({ realm }) => realm,
    url: ({ url }) => url,
    method: ({ method }) => method,
    initiator: ({ initiator }) => initiator,
    status: ({ status }) => status,
    protocol: ({ protocol }) => protocol,
    content_type: ({ contentType }) => contentType,
    start_ms: ({ startTime }) => startTime,
    redirect_start_ms: ({ redirectStart }) => redirectStart,
    redirect_end_ms: ({ redirectEnd }) => redirectEnd,
    fetch_start_ms: ({ fetchStart }) => fetchStart,
    dns_start_ms: ({ domainLookupStart }) => domainLookupStart,
    dns_end_ms: ({ domainLookupEnd }) => domainLookupEnd,
    connect_start_ms: ({ connectStart }) => connectStart,
    tls_start_ms: ({ secureConnectionStart }) => secureConnectionStart,
    connect_end_ms: ({ connectEnd }) => connectEnd,
    request_start_ms: ({ requestStart }) => requestStart,
    response_start_ms: ({ responseStart }) => responseStart,
    response_end_ms: ({ responseEnd }) => responseEnd,
    headers_at_ms: ({ responseUsed }) => responseUsed,
    transfer_bytes: ({ transferSize }) => transferSize,
    encoded_body_bytes: ({ encodedBodySize }) => encodedBodySize,
    decoded_body_bytes: ({ decodedBodySize }) => decodedBodySize,
    cache: ({ cache }) => cache,
    connection_reused: ({ connectionReused }) => connectionReused,
    stream_first_chunk_ms: ({ stream }) => stream?.firstChunk ?? null,
    stream_last_chunk_ms: ({ stream }) => stream?.lastChunk ?? null,
    stream_chunks: ({ stream }) => stream?.chunks ?? null,
    stream_bytes: ({ stream }) => stream?.bytes ?? null,
    stream_largest_gap_ms: ({ stream }) => stream?.largestGap ?? null,
    stream_median_gap_ms: ({ stream }) => stream?.medianGap ?? null,
    stream_end: ({ stream }) => stream?.end ?? null,
    error: ({ error }) => error,
  }),
  streamed<Span>(
    'spans',
    // A vital's value is in ms, but for CLS, which has no unit; that of long tasks and frames is
    // their blocking time.
    ['realm', 'kind', 'name', 'start_ms', 'duration_ms', 'value', 'detail'],
    ({ source, pass }) => rowsOf(source, pass(2), ['spans'], (span) => ({ span })),
    ({ realm, kind, name, start, duration, value, detail }) => [
      [realm, kind, name, start, duration, value, detail],
    ],
  ),
  streamed<Series>(
    'series',
    ['realm', 'name', 'unit', 'at_ms', 'value'],
    ({ source, pass }) => rowsOf(source, pass(3), ['series'], (points) => ({ points })),
    ({ realm, name, time: at, value }) =>
      at.map((time, point) => [realm, name, UNITS[name], time, value[point] as number]),
  ),
  table('unmeasured', ({ unmeasured }) => unmeasured, {
    realm: ({ realm }) => realm,
    what: ({ what }) => what,
    reason: ({ reason }) => reason,
    count: ({ count }) => count,
  }),
  table('dropped', ({ dropped }) => dropped, {
    what: ({ what }) => what,
    count: ({ count }) => count,
  }),
  table('validity', validityRows, { what: ({ what }) => what, value: ({ value }) => value }),
];

const UNITS: Record<Series['name'], string> = {
  jsHeap: 'bytes',
  workersHeap: 'bytes',
  linearMemory: 'bytes',
  eventLoopDelay: 'ms',
  framesPerSecond: 'frames per second',
};
