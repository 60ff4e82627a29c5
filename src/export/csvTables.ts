import { crossingTable } from '../analysis/crossingTable.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import * as rows from '../protocol/rows.ts';
import type { CrossingInterval, Module, Series, Session, Span } from '../session/model.ts';
import { CALL_SUMS } from '../session/model.ts';
import type { Cell } from './csv.ts';
import type { Table } from './csvTable.ts';
import { streamed, table } from './csvTable.ts';
import type { ShapeColumns } from './shapeColumns.ts';
import { shapeColumns } from './shapeColumns.ts';
import { rowsOf } from './source.ts';
import { validityRows } from './validityRows.ts';

// The tables of the CSV export. Columns follow from the schema where possible. Names include the
// unit, and times count from the session's origin. A row's `module`, `realm`, `memory` or `node` is
// the number of a row in that table, from 0.

const functionCells = (session: Session, fn: number): [string, string, string] => {
  const row = session.functions[fn];
  return [session.modules[row?.module ?? -1]?.name ?? '', row?.kind ?? '', row?.name ?? ''];
};

const functionOf = (session: Session, node: number): number => session.nodes.function[node] ?? -1;

/** The sections or bodies of all modules. A module in several realms is listed once. */
const partsOf =
  <Part extends object>(parts: (module: Module) => readonly Part[] | null) =>
  ({ modules }: Session): (Part & { module: number })[] =>
    modules.flatMap((row, module) =>
      row.origin === null ? (parts(row) ?? []).map((part) => ({ ...part, module })) : [],
    );

const spanColumns = shapeColumns(rows.spanRow);
const callColumns = Object.keys(shapeColumns(rows.crossingColumns)).filter(
  (name) => name !== 'from_ms' && name !== 'to_ms',
);

/** Passes over the segments: one for the totals, and one for each streamed table. */
export const PASSES = 4;

export const TABLES: readonly Table[] = [
  table('realms', ({ realms }) => realms, {
    realm: (_, index) => index,
    ...shapeColumns(rows.realmInfo),
    offset_ms: ({ offset }) => offset,
    last_seen_ms: ({ lastSeen }) => lastSeen,
    ended: ({ ended }) => ended,
    ...within('calibration', shapeColumns(rows.calibrationRow)),
    ...within('overhead', shapeColumns(rows.overheadRow)),
  }),
  table('modules', ({ modules }) => modules, {
    module: (_, index) => index,
    realm: ({ realm }) => realm,
    origin_module: ({ origin }) => origin,
    ...shapeColumns(rows.moduleRow),
  }),
  table(
    'sections',
    partsOf(({ sections }) => sections),
    {
      module: ({ module }) => module,
      ...shapeColumns(rows.sectionRow),
    },
  ),
  table(
    'function-bodies',
    partsOf(({ bodies }) => bodies),
    {
      module: ({ module }) => module,
      ...shapeColumns(rows.bodyRow),
    },
  ),
  table('memories', ({ memories }) => memories, {
    memory: (_, index) => index,
    realm: ({ realm }) => realm,
    module: ({ module }) => module,
    shared_with_realms: ({ sharedWith }) => sharedWith.join(' '),
    ...shapeColumns(rows.memoryRow),
  }),
  table('growths', ({ growths }) => growths, {
    memory: ({ memory }) => memory,
    ...shapeColumns(rows.growthRow),
    node: ({ node }) => node,
    function: ({ node }, _, session) =>
      node === null ? null : functionCells(session, functionOf(session, node))[2],
  }),
  table('crossings', (session) => crossingTable(session), {
    function: (_, index) => index,
    module: (row, _, session) => functionCells(session, row.function)[0],
    kind: (row, _, session) => functionCells(session, row.function)[1],
    name: (row, _, session) => functionCells(session, row.function)[2],
    signature: (row, _, { functions }) => functions[row.function]?.signature ?? null,
    not_measured_reason: (row, _, { functions }) =>
      functions[row.function]?.notMeasuredReason ?? null,
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
          nodes.parent[node] ?? -1,
          nodes.realm[node] ?? -1,
          ...functionCells(session, functionOf(session, node)),
          calls[node] ?? 0,
          self[node] ?? 0,
          Math.sqrt(selfVariance[node] ?? 0),
          total[node] ?? 0,
          Math.sqrt(totalVariance[node] ?? 0),
        ];
      }
    },
  },
  streamed<CrossingInterval>(
    'crossing-intervals',
    ['realm', 'from_ms', 'to_ms', 'node', 'module', 'kind', 'name', ...callColumns],
    ({ source, pass }) =>
      rowsOf(source, pass(1), ['nodes', 'crossings'], (interval) => ({ interval })),
    function* ({ realm, from, to, node, ...sums }, session) {
      for (const [row, id] of node.entries()) {
        yield [
          realm,
          from,
          to,
          id,
          ...functionCells(session, functionOf(session, id)),
          ...CALL_SUMS.map((name) => sums[name][row] ?? 0),
        ];
      }
    },
  ),
  table('requests', ({ requests }) => requests, {
    realm: ({ realm }) => realm,
    ...shapeColumns(rows.requestRow),
  }),
  streamed<Span>(
    'spans',
    // The value of a vital is in ms, except that of CLS, which has no unit. The value of long tasks
    // and frames is their blocking time.
    ['realm', ...Object.keys(spanColumns)],
    ({ source, pass }) => rowsOf(source, pass(2), ['spans'], (span) => ({ span })),
    (span) => [[span.realm, ...Object.values(spanColumns).map((cell) => cell(span))]],
  ),
  streamed<Series>(
    'series',
    ['realm', 'name', 'unit', 'time_ms', 'value'],
    ({ source, pass }) => rowsOf(source, pass(3), ['series'], (points) => ({ points })),
    ({ realm, name, time, value }) =>
      time.map((moment, point) => [realm, name, UNITS[name], moment, value[point] ?? 0]),
  ),
  table('unmeasured', ({ unmeasured }) => unmeasured, {
    realm: ({ realm }) => realm,
    ...shapeColumns(rows.unmeasuredRow),
  }),
  table('dropped', ({ dropped }) => dropped, shapeColumns(rows.droppedRow)),
  table('validity', validityRows, { what: ({ what }) => what, value: ({ value }) => value }),
];

/** The columns of an object in the row, prefixed with its name. */
function within<Name extends string>(
  field: Name,
  columns: ShapeColumns,
): Record<string, (row: Record<Name, unknown>) => Cell> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, cell]) => [`${field}_${name}`, (row) => cell(row[field])]),
  );
}

const UNITS: Record<Series['name'], string> = {
  jsHeap: 'bytes',
  workersHeap: 'bytes',
  linearMemory: 'bytes',
  eventLoopDelay: 'ms',
  framesPerSecond: 'frames per second',
};
