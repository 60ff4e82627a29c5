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

/** Told how much is done, 0 to 1. */
export type OnProgress = (done: number) => void;

/** Part of an export: the `pass`th of `passes` readings of the segments, from 0. */
export interface Pass {
  pass: number;
  passes: number;
  onProgress: OnProgress | undefined;
}

export const onlyPass = (onProgress?: OnProgress): Pass => ({ pass: 0, passes: 1, onProgress });

/** The source's segments, telling of progress. */
export async function* watched(
  source: ExportSource,
  { pass, passes, onProgress }: Pass,
): AsyncGenerator<Segment> {
  let read = 0;
  for await (const segment of source.segments()) {
    yield segment;
    onProgress?.((pass + Math.min(++read / Math.max(source.info.segments, 1), 1)) / passes);
  }
  onProgress?.((pass + 1) / passes);
}

/**
 * Segment fields that are needed to know where rows belong; without functions all nodes have none.
 */
const FRAME = ['realm', 'seq', 'from', 'to', 'info'] as const;

/** Only these tables of a segment. */
function only(segment: Segment, tables: readonly (keyof Segment)[]): Segment {
  const kept = new Set<string>([...FRAME, ...tables]);
  const { realm, seq, from, to, ...rest } = segment;
  const others = Object.entries(rest).filter(([name]) => kept.has(name));
  return { realm, seq, from, to, ...Object.fromEntries(others) };
}

/**
 * All there is, even where recording goes on: what is out of order now would be waited for
 * otherwise.
 */
const asComplete = (info: SessionInfo): SessionInfo =>
  info.state === 'recording' ? { ...info, state: 'complete' } : info;

/**
 * What estimates and the validity are made from. Of the spans only those of hidden pages are held.
 */
const CONDITIONS = [
  'calibration',
  'tierProbes',
  'overhead',
  'dropped',
  'unmeasured',
  'spans',
] as const;

/**
 * The session with these of its tables and what its validity follows from, and with all crossings
 * of a realm as one
 * interval: as large as its trees are, however long the recording.
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
    span: (span) => void (span.kind === 'visibility' && hidden.push(span)),
  });
  const fields = [...tables, ...CONDITIONS, 'functions', 'nodes', 'modules', 'crossings'] as const;
  for await (const segment of watched(source, pass)) fold.add(only(segment, fields));
  const session = fold.session();
  return { ...session, info: source.info, spans: hidden, intervals: totals.intervals(session) };
}

/** Rows of one table as they are read, none held for longer than its segment is. */
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
