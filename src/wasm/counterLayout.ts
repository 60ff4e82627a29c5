// The agent's own linear memory, written by trampolines (trampolines.ts, core.ts) and read by the agent.
// All offsets are byte addresses.

/** i32: address of the current node. */
export const CURRENT = 0;
/** i32: address at which the next node will be made. */
export const NEXT = 16;
/** i32: nodes end here for the tree; beyond it only one node a function is made. */
export const TREE_END = 20;
/** i32: how many nodes chunks have told of. */
export const TOLD_NODES = 28;
/** i32: calls that were counted on their function's overflow node because the tree was full: the tree lost their path, not their count. */
export const OVERFLOWED = 24;
/** f64: what timing has cost so far, ms; taken out of the clock. */
export const SPENT = 32;
/** f64: what a timed call's duration has too much, ms, as calibrated: left in the sums, taken off by the analysis. */
export const INNER_COST = 40;
/** f64: what timing a call costs, ms, as calibrated. */
export const PAIR_COST = 48;
/** i32: state of the random numbers, never 0. */
export const RANDOM = 56;
/** i32: chunks cut so far. */
export const CHUNKS = 60;
/** f64: mean duration from which on every call is timed, ms; shorter ones are timed so much more rarely. */
export const WORTH_TIMING = 64;
/** Where it begins. */
export const FIRST_WORTH = 0.008;
/** f64: end of the last timed call, ms. */
export const LAST_TIMED = 72;
/** f64: the clock's resolution as far as it is known before it is measured, ms. */
export const TICK = 80;
/** f64: 1 / the time (less SPENT, ms) from which on the end of a timed call is told to `w.first`, with no node; 0: never. */
export const TELL_FROM = 88;
/** f64: when the last chunk was cut, ms. */
export const CUT_AT = 96;
/** i32 cells: pages last seen, one a memory. */
export const PAGES = 1024;
export const MAX_MEMORIES = 1024;

/** A node outside the tree, for measuring what timing costs. */
export const CALIBRATION = 6144;

/** f64 cells: quantiles of the exponential distribution with mean 1, from which gaps are drawn. */
export const EXPONENTIALS = 8192;
export const EXPONENTIAL_CELLS = 256;

/** Open-addressing hash table of node addresses, i32 a slot; 0 is free. */
export const TABLE = 16384;
export const TABLE_SLOTS = 1 << 18;

/** Slots, one a boundary function: which function it is, and its node under the parent that last called it. */
export const SLOTS = TABLE + 4 * TABLE_SLOTS;
export const MAX_SLOTS = 1 << 17;
export const SLOT_BYTES = 16;
/** Within a slot, i32 each: */
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
export const FUNCTION = 20; // i32: as in the slot; the root's is odd, as JavaScript runs there as in imports
export const TIMED = 24; // f64: calls timed at random
export const TIME = 32; // f64: Σ wd of their durations d and weights w, the calls that each stands for; ms
export const SQUARE = 40; // f64: Σ w²d², ms²
export const CERTAIN = 48; // f64: calls timed for certain
export const CERTAIN_TIME = 56; // f64: their durations, ms
export const SEEN = 64; // i32: timed calls so far, up to a limit
export const MEAN = 72; // f64: mean of their durations less the clock's cost, ms
export const WEIGHT = 80; // f64: Σ w
export const WEIGHT2 = 88; // f64: Σ w²
export const TIME2 = 96; // f64: Σ w²d, ms
