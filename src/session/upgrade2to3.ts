import { isRecord } from './isRecord.ts';

// Version 3 gave fields and words plainer names, and split the crossings of a segment into steps.

type Names = Readonly<Record<string, string>>;

const CROSSINGS: Names = {
  certain: 'certainCalls',
  timed: 'sampledCalls',
  weight2: 'weightSquared',
  time: 'weightedTime',
  time2: 'weightSquaredTime',
  square: 'weightedTimeSquared',
};
const CALIBRATION: Names = {
  clock: 'clockCost',
  clockError: 'clockCostError',
  pair: 'timingCost',
  count: 'countingCost',
};
const MODULE: Names = {
  notStreamed: 'notStreamedReason',
  wireBytes: 'transferSize',
  bytesSeen: 'bytesRead',
  same: 'origin',
};
const MEMORY: Names = { at: 'firstSeen', same: 'origin' };
const GROWTH: Names = { at: 'time', late: 'observedLate' };
const AT: Names = { at: 'time' };

/** A segment of version 2. */
export function upgrade2to3(segment: unknown): unknown {
  if (!isRecord(segment)) return segment;
  const { costs, tiers, ...rest } = segment;
  return withoutUndefined({
    ...rest,
    info: renamed(rest.info, { late: 'startedLate' }),
    modules: eachRenamed(rest.modules, MODULE),
    memories: each(eachRenamed(rest.memories, MEMORY), ({ kind, ...memory }) => ({
      ...memory,
      kind: kind === 'own' ? 'defined' : kind,
    })),
    growths: eachRenamed(rest.growths, GROWTH),
    functions: eachRenamed(rest.functions, { notMeasured: 'notMeasuredReason' }),
    requests: each(eachRenamed(rest.requests, { headersAt: 'responseUsed' }), (request) => ({
      ...request,
      stream: renamed(request.stream, { maxGap: 'largestGap' }),
    })),
    series: eachRenamed(rest.series, AT),
    tierProbes: eachRenamed(tiers, AT),
    calibration: renamed(costs, CALIBRATION),
    crossings: asStep(renamed(rest.crossings, CROSSINGS), segment),
    copies: asStep(rest.copies, segment),
  });
}

/** Turns the one table of a segment into its only step. */
const asStep = (columns: unknown, { from, to }: Record<string, unknown>): unknown =>
  isRecord(columns) ? [{ from, to, ...columns }] : columns;

function renamed(row: unknown, names: Names): unknown {
  if (!isRecord(row)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      Object.hasOwn(names, name) ? names[name] : name,
      value,
    ]),
  );
}

const eachRenamed = (rows: unknown, names: Names): unknown =>
  Array.isArray(rows) ? rows.map((row) => renamed(row, names)) : rows;

const each = (rows: unknown, change: (row: Record<string, unknown>) => unknown): unknown =>
  Array.isArray(rows) ? rows.map((row) => (isRecord(row) ? change(row) : row)) : rows;

const withoutUndefined = (row: Record<string, unknown>): unknown =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
