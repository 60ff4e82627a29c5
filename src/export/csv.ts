import { downloadZip } from 'client-zip';
import { crossingTable } from '../analysis/crossings.ts';
import { createFold } from '../session/fold.ts';
import type { Session } from '../session/model.ts';
import { watched } from './source.ts';
import type { ExportSource, OnProgress } from './source.ts';

type Cell = string | number | boolean | null;

/**
 * A cell as RFC 4180 wants it. Text that a spreadsheet would take for a formula gets a quote in front, as names
 * come from the page (OWASP, CSV injection).
 */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

interface Table {
  name: string;
  rows(session: Session): Iterable<Record<string, Cell>>;
}

const names = (session: Session, fn: number): Record<string, Cell> => {
  const row = session.functions[fn];
  return { module: session.modules[row?.module ?? -1]?.name ?? '', kind: row?.kind ?? '', function: row?.name ?? '' };
};

const TABLES: readonly Table[] = [
  { name: 'realms', rows: ({ realms }) => realms.map(({ overhead, ...realm }) => ({ ...realm, overhead_crossings_ms: overhead.crossings, overhead_hooks_ms: overhead.hooks, overhead_handover_ms: overhead.handover })) },
  {
    name: 'modules',
    rows: ({ modules }) => modules.map(({ imports, exports, sections: _, bodies: __, producers, features, ...module }) => ({
      ...module, imports_functions: imports?.function ?? null, exports_functions: exports?.function ?? null,
      producers: producers?.join('; ') ?? null, features: features?.join(' ') ?? null,
    })),
  },
  { name: 'memories', rows: ({ memories, modules }) => memories.map((memory) => ({ ...memory, module: modules[memory.module ?? -1]?.name ?? '' })) },
  { name: 'growths', rows: (session) => session.growths.map(({ node, ...growth }) => ({ ...growth, node, ...names(session, node === null ? -1 : (session.nodes.function[node] as number)) })) },
  {
    name: 'crossings',
    rows: (session) => crossingTable(session).map((row) => ({
      ...names(session, row.function), signature: session.functions[row.function]?.signature ?? '',
      not_measured: session.functions[row.function]?.notMeasured ?? '', calls: row.calls, calls_per_second: row.callsPerSecond,
      self_ms: row.self.value, self_standard_error_ms: row.self.error, total_ms: row.total.value,
      total_standard_error_ms: row.total.error, per_call_ns: row.perCall.value, per_call_standard_error_ns: row.perCall.error,
    })),
  },
  {
    name: 'crossing-intervals',
    * rows(session) {
      for (const { realm, from, to, node, calls, certain, certainTime, timed, time, square } of session.intervals) {
        for (let at = 0; at < node.length; at++) {
          const index = node[at] as number;
          yield {
            realm, from_ms: from, to_ms: to, node: index, ...names(session, session.nodes.function[index] as number), calls: calls[at] as number,
            certain: certain[at] as number, certain_time_ms: certainTime[at] as number, timed: timed[at] as number,
            time_ms: time[at] as number, square_ms2: square[at] as number,
          };
        }
      }
    },
  },
  {
    name: 'crossing-tree',
    * rows(session) {
      const { nodes } = session;
      for (let node = 0; node < nodes.length; node++) {
        yield { node, parent: nodes.parent[node] as number, realm: nodes.realm[node] as number, ...names(session, nodes.function[node] as number) };
      }
    },
  },
  {
    name: 'requests',
    rows: ({ requests }) => requests.map(({ stream, ...request }) => ({
      ...request, stream_first_chunk: stream?.firstChunk ?? null, stream_last_chunk: stream?.lastChunk ?? null,
      stream_chunks: stream?.chunks ?? null, stream_bytes: stream?.bytes ?? null, stream_max_gap: stream?.maxGap ?? null,
      stream_median_gap: stream?.medianGap ?? null, stream_end: stream?.end ?? null,
    })),
  },
  { name: 'spans', rows: ({ spans }) => spans.map((span) => ({ ...span })) },
  {
    name: 'series',
    * rows({ series }) {
      for (const { realm, name, at, value } of series) {
        for (let point = 0; point < at.length; point++) yield { realm, name, at_ms: at[point] as number, value: value[point] as number };
      }
    },
  },
  { name: 'unmeasured', rows: ({ unmeasured }) => unmeasured.map((row) => ({ ...row })) },
];

async function* write(table: Table, session: Session): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let header = false;
  let text = '';
  for (const row of table.rows(session)) {
    if (!header) text += line(Object.keys(row));
    header = true;
    text += line(Object.values(row));
    if (text.length > 65536) {
      yield encoder.encode(text);
      text = '';
    }
  }
  yield encoder.encode(text);
}

/** One CSV a table (RFC 4180, UTF-8), zipped together; times in ms since the session's origin. */
export async function csvZip(source: ExportSource, onProgress?: OnProgress): Promise<ReadableStream<Uint8Array>> {
  const fold = createFold({ ...source.info, state: 'complete' });
  for await (const segment of watched(source, onProgress)) fold.add(segment);
  const session = fold.session();
  const files = TABLES.map((table) => ({ name: `${table.name}.csv`, input: write(table, session), lastModified: new Date(source.info.started) }));
  return downloadZip(files).body as ReadableStream<Uint8Array>;
}
