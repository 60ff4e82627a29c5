import type { Infer } from './shape.ts';
import * as is from './shape.ts';

// Rows about the calls across the boundary (rows.ts).

/** A boundary function: an import or export of a module, or a function that only a table holds. */
export const functionRow = is.record({
  /** Number of the function. */
  id: is.idOf('function'),
  /** Its module. */
  module: is.idOf('module'),
  /** How calls reach it. */
  kind: is.oneOf('export', 'import', 'table'),
  /**
   * Name of the export; `module.name` of an import; `table function 12` or the name in the name
   * section.
   */
  name: is.pageText,
  /** Index in the module's function index space; null if unknown. */
  index: is.nullable(is.count),
  /** Such as `(i32, i32) → i64`; null if unknown. */
  signature: is.nullable(is.text),
  /** Why its calls are not counted; null: they are. */
  notMeasuredReason: is.nullable(is.pageText),
});
export interface FunctionRow extends Infer<typeof functionRow> {}
export type FunctionKind = FunctionRow['kind'];

/** Without the rule about parents. */
export const uncheckedNodeColumns = is.columns(
  {
    /** Id of the first new node. */
    first: is.idOf('node'),
  },
  {
    /** The node from which it was called; it has a smaller id. */
    parent: is.idOf('node'),
    /** The function that was called. */
    function: is.idOf('function'),
  },
);
export interface NodeColumns extends Infer<typeof uncheckedNodeColumns> {}

/**
 * New nodes of the crossing tree in order of id. Smaller ids of parents keep forged trees free of
 * cycles.
 */
export const nodeColumns = is.checked(uncheckedNodeColumns, (nodes: NodeColumns, field: string) => {
  nodes.parent.forEach((parent, index) => {
    if (parent >= nodes.first + index)
      is.refuse(`${field}.parent`, 'must be a node that comes earlier');
  });
});

/**
 * What the calls of a node add up to. Calls are timed in two strata: those timed with certainty
 * (the
 * first calls of a node, and every call of a node whose calls are long), and those sampled at
 * random.
 * Each of the latter has a weight w, the number of calls that it stands for, and a duration d.
 * Durations still contain what reading the clock adds (`calibration`).
 */
const callSumFields = {
  /** Number of calls; exact. */
  calls: is.count,
  /** Calls that were timed with certainty. */
  certainCalls: is.count,
  /** Sum of their durations. */
  certainTime: is.estimate,
  /** Calls that were sampled at random. */
  sampledCalls: is.count,
  /** Σ w. */
  weight: is.amount,
  /** Σ w². */
  weightSquared: is.amount,
  /** Σ w·d. */
  weightedTime: is.estimate,
  /** Σ w²·d. */
  weightSquaredTime: is.estimate,
  /** Σ w²·d². */
  weightedTimeSquared: is.squaredDuration,
};
export type CallSum = keyof typeof callSumFields;
/** The columns of crossings that add up over time. */
export const CALL_SUMS = is.columns({}, callSumFields).columnNames;

/** An object with one column for each of them. */
export const callSums = <Column>(make: (name: CallSum) => Column): Record<CallSum, Column> =>
  is.entriesFor(CALL_SUMS, make);

/** What happened on nodes in a step of time: one entry for each node that was called. */
export const crossingColumns = is.columns(
  {
    /** When the step began. */
    from: is.time,
    /** When it ended. */
    to: is.time,
  },
  {
    /** Node of the crossing tree. */
    node: is.idOf('node'),
    ...callSumFields,
  },
);
export interface CrossingColumns extends Infer<typeof crossingColumns> {}

/** What the agent's own work costs in this realm, as measured there. */
export const calibrationRow = is.record({
  /** What reading the clock adds to the duration of a timed call: to be subtracted. */
  clockCost: is.estimate,
  /** Standard error of that. */
  clockCostError: is.duration,
  /** What timing a call costs. */
  timingCost: is.duration,
  /** What counting a call costs: to be subtracted from the calls around it. */
  countingCost: is.duration,
});
export interface CalibrationRow extends Infer<typeof calibrationRow> {}

/**
 * Bytes that script copied out of and into wasm memories in a step of time, by the crossing in
 * progress.
 */
export const copyColumns = is.columns(
  {
    /** When the step began. */
    from: is.time,
    /** When it ended. */
    to: is.time,
  },
  {
    /** The crossing in progress; 0: none. */
    node: is.idOf('node'),
    /** Bytes copied. */
    bytes: is.bytes,
  },
);
export interface CopyColumns extends Infer<typeof copyColumns> {}
