import type { FoldSink } from '../session/fold.ts';
import { createFold } from '../session/fold.ts';
import type { Session, SessionInfo, Span } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';
import { createTotals } from './totals.ts';

/** A session to export; its segments may be read more than once. */
export interface ExportSource {
  info: SessionInfo;
  segments(): AsyncIterable<Segment>;
}

/** @param done the finished share of the export, 0 to 1 */
export type OnProgress = (done: number) => void;

/** One of several passes over the segments; `pass` counts from 0. */
export interface Pass {
  pass: number;
  passes: number;
  onProgress: OnProgress | undefined;
}

export const onlyPass = (onProgress?: OnProgress): Pass => ({ pass: 0, passes: 1, onProgress });

/** The source's segments. Reports progress while they are read. */
export async function* watched(
  source: ExportSource,
  { pass, passes, onProgress }: Pass,
): AsyncGenerator<Segment> {
  let read = 0;
  for await (const segment of source.segments()) {
    yield segment;
    read++;
    onProgress?.((pass + Math.min(read / Math.max(source.info.segments, 1), 1)) / passes);
  }
  onProgress?.((pass + 1) / passes);
}

/** The fields of a segment that say which realm and time its rows belong to. */
const FRAME = ['realm', 'seq', 'from', 'to', 'info'] as const;

/** A segment with only these tables. */
function only(segment: Segment, tables: readonly (keyof Segment)[]): Segment {
  const kept = new Set<string>([...FRAME, ...tables]);
  const { realm, seq, from, to, ...rest } = segment;
  const others = Object.entries(rest).filter(([name]) => kept.has(name));
  return { realm, seq, from, to, ...Object.fromEntries(others) };
}

/** Marks a running recording as complete, so that folding does not wait for missing segments. */
const asComplete = (info: SessionInfo): SessionInfo =>
  info.state === 'recording' ? { ...info, state: 'complete' } : info;

/** Tables needed for estimates and validity. Of the spans, only those of hidden pages are kept. */
const CONDITIONS = [
  'calibration',
  'tierProbes',
  'overhead',
  'dropped',
  'unmeasured',
  'spans',
] as const;

/**
 * The session with the given tables and those needed for its validity. All crossings of a realm are
 * one interval, so its size depends on the crossing trees, not on the length of the recording.
 */
export async function foldTotals(
  source: ExportSource,
  pass: Pass,
  tables: readonly (keyof Segment)[],
): Promise<Session> {
  const totals = createTotals();
  const hidden: Span[] = [];
  const fold = createFold(asComplete(source.info), {
    interval: totals.add,
    span(span) {
      if (span.kind === 'visibility') hidden.push(span);
    },
  });
  const fields = [...tables, ...CONDITIONS, 'functions', 'nodes', 'modules', 'crossings'] as const;
  for await (const segment of watched(source, pass)) fold.add(only(segment, fields));
  const session = fold.session();
  return { ...session, info: source.info, spans: hidden, intervals: totals.intervals(session) };
}

/** Streams the rows of one table; no row is kept for longer than its segment. */
export async function* rowsOf<Row>(
  source: ExportSource,
  pass: Pass,
  tables: readonly (keyof Segment)[],
  sinkTo: (take: (row: Row) => void) => FoldSink,
): AsyncGenerator<Row> {
  let rows: Row[] = [];
  const fold = createFold(
    asComplete(source.info),
    sinkTo((row) => void rows.push(row)),
  );
  for await (const segment of watched(source, pass)) {
    fold.add(only(segment, tables));
    yield* rows;
    rows = [];
  }
  fold.session();
  yield* rows;
}
