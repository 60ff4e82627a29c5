// The layout of the agent's own linear memory, written by trampolines (trampolines.ts, core.ts) and
// read by the agent. All offsets are byte addresses.

/** i32: address of the current node. */
export const CURRENT = 0;
/** i32: address of the next node to be created. */
export const NEXT = 16;
/** i32: where nodes of the tree end; beyond it, only one node per function is created. */
export const TREE_END = 20;
/** i32: how many nodes have been reported in chunks. */
export const TOLD_NODES = 28;
/**
 * i32: calls counted on their function's overflow node because the tree was full: the path is lost,
 * the count is not.
 */
export const OVERFLOWED = 24;
/** f64: total cost of timing so far, ms; excluded from the virtual clock. */
export const SPENT = 32;
/**
 * f64: by how much a timed call's duration is too long, ms, as calibrated. Stays in the sums; the
 * analysis subtracts it.
 */
export const INNER_COST = 40;
/** f64: cost of timing a call, ms, as calibrated. */
export const PAIR_COST = 48;
/** i32: state of the random number generator, never 0. */
export const RANDOM = 56;
/** i32: chunks cut so far. */
export const CHUNKS = 60;
/**
 * f64: functions with at least this mean duration, ms, have every call timed; shorter ones
 * proportionally fewer.
 */
export const WORTH_TIMING = 64;
/** Its initial value. */
export const FIRST_WORTH = 0.008;
/** f64: end of the last timed call, ms. */
export const LAST_TIMED = 72;
/** f64: the clock's resolution, ms; a default until it is measured. */
export const TICK = 80;
/**
 * f64: 1 / the time (less SPENT, ms) from which the end of a timed call is reported to `w.first`,
 * without a node; 0: never.
 */
export const TELL_FROM = 88;
/** f64: when the last chunk was cut, ms. */
export const CUT_AT = 96;
/** i32 cells: pages last seen, one per memory. */
export const PAGES = 1024;
export const MAX_MEMORIES = 1024;

/** A node outside the tree, used to measure the cost of timing. */
export const CALIBRATION = 6144;

/** f64 cells: quantiles of the exponential distribution with mean 1, from which gaps are drawn. */
export const EXPONENTIALS = 8192;
export const EXPONENTIAL_CELLS = 256;

/** Open-addressing hash table of node addresses, one i32 per place; 0 is free. */
export const TABLE = 16384;
export const TABLE_SLOTS = 1 << 18;

/**
 * Slots, one per boundary function: the function, and its node below the parent that last called
 * it.
 */
export const SLOTS = TABLE + 4 * TABLE_SLOTS;
export const MAX_SLOTS = 1 << 17;
export const SLOT_BYTES = 16;
/** Within a slot, each an i32: */
export const SLOT_PARENT = 0; // address of the last parent; 0: none
export const SLOT_NODE = 4; // its child for this function
export const SLOT_FUNCTION = 8; // its id twice, plus 1 for an import

export const NODES = SLOTS + SLOT_BYTES * MAX_SLOTS;
export const NODE_BYTES = 104;
export const MAX_TREE_NODES = 1 << 17;

/** Within a node: */
export const CALLS = 0; // i64
export const COUNTDOWN = 8; // i32: calls until the next timed one
export const GAP = 12; // i32: mean gap under which that one was drawn; 1: every call is timed
export const PARENT = 16; // i32: address
export const FUNCTION = 20; // i32: as in the slot; odd for the root, because JavaScript runs there
export const TIMED = 24; // f64: calls timed at random
export const TIME = 32; // f64: Σ wd, ms; d: duration, w: the calls that it represents
export const SQUARE = 40; // f64: Σ w²d², ms²
export const CERTAIN = 48; // f64: calls timed for certain
export const CERTAIN_TIME = 56; // f64: their durations, ms
export const SEEN = 64; // i32: timed calls so far, up to a limit
export const MEAN = 72; // f64: mean of their durations less the clock's cost, ms
export const WEIGHT = 80; // f64: Σ w
export const WEIGHT2 = 88; // f64: Σ w²
export const TIME2 = 96; // f64: Σ w²d, ms
