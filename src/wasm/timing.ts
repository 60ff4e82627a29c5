import type { ByteWriter } from './byteWriter.ts';
import {
  CERTAIN,
  CERTAIN_TIME,
  COUNTDOWN,
  EXPONENTIAL_CELLS,
  EXPONENTIALS,
  GAP,
  INNER_COST,
  LAST_TIMED,
  MEAN,
  PAIR_COST,
  RANDOM,
  SEEN,
  SPENT,
  SQUARE,
  TELL_FROM,
  TICK,
  TIME,
  TIME2,
  TIMED,
  WEIGHT,
  WEIGHT2,
  WORTH_TIMING,
} from './counterLayout.ts';
import * as op from './opcodes.ts';
import { I32 } from './opcodes.ts';

// Decides which calls are timed, and accumulates their durations.
//
// Functions with a mean duration of WORTH_TIMING or more have every call timed. Calls of shorter
// ones are timed at random gaps, whose mean follows from the node's mean duration so that timing
// takes the same share of the time of all calls, long or short. WORTH_TIMING is adjusted so that
// timing takes 2 % of elapsed time. Where crossings are rare, more of them are timed, because a
// clock that ticks every 0.1 ms can measure a short call only over many (docs/platform.md, "Cost of
// a crossing"). A call's weight is the mean gap under which it was drawn, that is, the number of
// calls it represents. A mean of few durations may have missed a tick of the clock; the mean is
// raised accordingly, and a node's first calls are all timed.
//
// Durations are measured on a virtual clock that excludes timing itself (`now` less SPENT), so that
// a timed call within a timed call does not lengthen it.

/** The share of elapsed time that timing may take. */
const SHARE = 0.02;
/** Bounds of WORTH_TIMING, ms. */
const LEAST_WORTH = 0.001;
const MOST_WORTH = 0.064;
/**
 * How fast WORTH_TIMING adapts: the relative change per timed call, times the relative deviation of
 * the time since the last one from its target.
 */
const PACE = 0.005;
/** A longer pause counts as this multiple of the target: the page was doing something else. */
const LONGEST_PAUSE = 25;
const MAX_GAP = 1024;
/**
 * Memory of the mean, calls. Long, because a clock of 100 µs reads a call of 1 µs as 0 in 99 cases
 * out of 100.
 */
const MEMORY = 4096;

/** Function indices in the core module. */
const NOW = 0;
const FIRST_CALL = 1;

/** Reads the virtual clock: leaves `now() − SPENT` on the stack. */
function virtualNow(body: ByteWriter): void {
  body
    .byte(op.call)
    .u32(NOW)
    .byte(op.i32Const)
    .s32(0)
    .byte(op.f64Load)
    .u32(3)
    .u32(SPENT)
    .byte(op.f64Sub);
}

/**
 * `enter(node)`: returns the clock at the start of a timed call. If a trap prevents its end, the
 * next call is timed.
 */
export function enterBody(body: ByteWriter): void {
  const node = 0;
  body.u32(0);
  body.byte(op.localGet).u32(node).byte(op.i32Load).u32(2).u32(SEEN).byte(op.i32Eqz);
  body
    .byte(op.if)
    .byte(op.void)
    .byte(op.localGet)
    .u32(node)
    .byte(op.call)
    .u32(FIRST_CALL)
    .byte(op.end);
  body.byte(op.localGet).u32(node).byte(op.i32Const).s32(1).byte(op.i32Store).u32(2).u32(COUNTDOWN);
  virtualNow(body);
  body.byte(op.end);
}

/**
 * `leave(node, start)`: adds the duration to the node's sums, and draws the gap to its next timed
 * call.
 */
export function leaveBody(body: ByteWriter): void {
  const [node, start, seen, gap, random, duration, mean, end, weight] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  body.u32(2).u32(3).byte(I32).u32(4).byte(op.f64);
  const cell = (offset: number): void => {
    body.byte(op.i32Const).s32(0).byte(op.f64Load).u32(3).u32(offset);
  };
  const get = (local: number | undefined): ByteWriter =>
    body.byte(op.localGet).u32(local as number);
  const set = (local: number | undefined): ByteWriter =>
    body.byte(op.localSet).u32(local as number);
  /** node.field += the value that `write` leaves on the stack. */
  const add = (field: number, write: () => void): void => {
    get(node);
    get(node).byte(op.f64Load).u32(3).u32(field);
    write();
    body.byte(op.f64Add).byte(op.f64Store).u32(3).u32(field);
  };

  // end = now − SPENT; duration = end − start; SPENT += PAIR_COST
  virtualNow(body);
  body.byte(op.localTee).u32(end as number);
  get(start);
  body.byte(op.f64Sub);
  set(duration).byte(op.i32Const).s32(0);
  cell(SPENT);
  cell(PAIR_COST);
  body.byte(op.f64Add).byte(op.f64Store).u32(3).u32(SPENT);

  // WORTH_TIMING *= 1 + PACE · (1 − min(end − LAST_TIMED, …) · SHARE / PAIR_COST), within bounds
  body.byte(op.i32Const).s32(0);
  cell(WORTH_TIMING);
  body
    .byte(op.f64Const)
    .f64(1 + PACE)
    .byte(op.f64Const)
    .f64(PACE);
  get(end);
  cell(LAST_TIMED);
  body.byte(op.f64Sub).byte(op.f64Const).f64(SHARE).byte(op.f64Mul);
  cell(PAIR_COST);
  body
    .byte(op.f64Div)
    .byte(op.f64Const)
    .f64(LONGEST_PAUSE)
    .byte(op.f64Min)
    .byte(op.f64Mul)
    .byte(op.f64Sub);
  body
    .byte(op.f64Mul)
    .byte(op.f64Const)
    .f64(LEAST_WORTH)
    .byte(op.f64Max)
    .byte(op.f64Const)
    .f64(MOST_WORTH)
    .byte(op.f64Min);
  body.byte(op.f64Store).u32(3).u32(WORTH_TIMING);
  body.byte(op.i32Const).s32(0);
  get(end).byte(op.f64Store).u32(3).u32(LAST_TIMED);

  // into the stratum under which this call was drawn
  get(node)
    .byte(op.i32Load)
    .u32(2)
    .u32(GAP)
    .byte(op.localTee)
    .u32(gap as number);
  body.byte(op.i32Const).s32(1).byte(op.i32Eq).byte(op.if).byte(op.void);
  add(CERTAIN, () => body.byte(op.f64Const).f64(1));
  add(CERTAIN_TIME, () => get(duration));
  body.byte(op.else);
  get(gap).byte(op.f64ConvertI32U);
  set(weight);
  /** weight^weights · duration^durations */
  const product = (weights: number, durations: number) => () => {
    get(weight);
    for (let more = 1; more < weights; more++) get(weight).byte(op.f64Mul);
    for (let more = 0; more < durations; more++) get(duration).byte(op.f64Mul);
  };
  add(TIMED, () => body.byte(op.f64Const).f64(1));
  add(WEIGHT, product(1, 0));
  add(WEIGHT2, product(2, 0));
  add(TIME, product(1, 1));
  add(TIME2, product(2, 1));
  add(SQUARE, product(2, 2));
  body.byte(op.end);

  // What the call itself took decides the gap.
  get(duration);
  cell(INNER_COST);
  body.byte(op.f64Sub);
  set(duration);

  // seen = min(seen + 1, MEMORY); mean += (duration − mean) / seen
  body.byte(op.i32Const).s32(MEMORY);
  get(node)
    .byte(op.i32Load)
    .u32(2)
    .u32(SEEN)
    .byte(op.i32Const)
    .s32(1)
    .byte(op.i32Add)
    .byte(op.localTee)
    .u32(seen as number);
  get(seen).byte(op.i32Const).s32(MEMORY).byte(op.i32GeU).byte(op.select);
  set(seen);
  get(node);
  get(seen).byte(op.i32Store).u32(2).u32(SEEN);
  get(node)
    .byte(op.f64Load)
    .u32(3)
    .u32(MEAN)
    .byte(op.localTee)
    .u32(mean as number);
  get(duration);
  get(mean).byte(op.f64Sub);
  get(seen).byte(op.f64ConvertI32U).byte(op.f64Div).byte(op.f64Add);
  set(mean);
  get(node);
  get(mean).byte(op.f64Store).u32(3).u32(MEAN);

  // mean = max(mean, 0) + TICK / seen; gap = 1 for means from WORTH_TIMING on, else 2 to MAX_GAP
  get(mean).byte(op.f64Const).f64(0).byte(op.f64Max);
  cell(TICK);
  get(seen)
    .byte(op.f64ConvertI32U)
    .byte(op.f64Div)
    .byte(op.f64Add)
    .byte(op.localTee)
    .u32(mean as number);
  cell(WORTH_TIMING);
  body.byte(op.f64Ge).byte(op.if).byte(I32).byte(op.i32Const).s32(1).byte(op.else);
  cell(WORTH_TIMING);
  get(mean)
    .byte(op.f64Div)
    .byte(op.f64Const)
    .f64(2)
    .byte(op.f64Max)
    .byte(op.f64Const)
    .f64(MAX_GAP)
    .byte(op.f64Min);
  body.byte(op.i32TruncF64U).byte(op.end);
  set(gap);
  get(node);
  get(gap).byte(op.i32Store).u32(2).u32(GAP);

  // COUNTDOWN = 1 for gap 1; else 1 + trunc(exponential · (gap − 1/2)): geometric with mean gap, so
  // that each call is timed with the same probability, independently of earlier calls. Fixed
  // strides would alias with loops.
  get(node).byte(op.i32Const).s32(1);
  get(gap)
    .byte(op.i32Const)
    .s32(1)
    .byte(op.i32Eq)
    .byte(op.if)
    .byte(I32)
    .byte(op.i32Const)
    .s32(0)
    .byte(op.else);
  drawExponential(body, random as number);
  get(gap)
    .byte(op.f64ConvertI32U)
    .byte(op.f64Const)
    .f64(0.5)
    .byte(op.f64Sub)
    .byte(op.f64Mul)
    .byte(op.i32TruncF64U);
  body.byte(op.end).byte(op.i32Add).byte(op.i32Store).u32(2).u32(COUNTDOWN);

  // Last, because the sums may be taken at this point.
  get(end);
  cell(TELL_FROM);
  body.byte(op.f64Mul).byte(op.f64Const).f64(1).byte(op.f64Ge).byte(op.if).byte(op.void);
  body.byte(op.i32Const).s32(0).byte(op.call).u32(FIRST_CALL).byte(op.end).byte(op.end);
}

/**
 * Leaves an exponential variate on the stack. Uses xorshift32 (Marsaglia 2003), so that the page's
 * Math.random is not advanced.
 */
function drawExponential(body: ByteWriter, random: number): void {
  const get = (): ByteWriter => body.byte(op.localGet).u32(random);
  body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(RANDOM).byte(op.localSet).u32(random);
  for (const [shift, by] of [
    [op.i32Shl, 13],
    [op.i32ShrU, 17],
    [op.i32Shl, 5],
  ] as const) {
    get();
    get().byte(op.i32Const).s32(by).byte(shift).byte(op.i32Xor).byte(op.localSet).u32(random);
  }
  body.byte(op.i32Const).s32(0);
  get().byte(op.i32Store).u32(2).u32(RANDOM);
  get()
    .byte(op.i32Const)
    .s32(32 - Math.log2(EXPONENTIAL_CELLS))
    .byte(op.i32ShrU)
    .byte(op.i32Const)
    .s32(3)
    .byte(op.i32Shl);
  body.byte(op.f64Load).u32(3).u32(EXPONENTIALS);
}
