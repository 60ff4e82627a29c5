import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Shift } from '../statistics/shift.ts';
import { shiftOf } from '../statistics/shiftOf.ts';
import type { Column } from './column.ts';
import type { Design } from './design.ts';
import { LEAST_RUNS } from './design.ts';
import { fewRunsShift } from './fewRuns.ts';
import { logsOf } from './logScale.ts';
import type { Contribution } from './model.ts';
import type { Part } from './part.ts';

/** How much a part contributed to a change. Its share is 0 here; `explain` computes it. */
export function contributionOf(part: Part, design: Design, confidence: number): Contribution {
  const time = {
    ...part.time,
    baseline: zerosForNone(part.time.baseline),
    candidate: zerosForNone(part.time.candidate),
  };
  const few = Math.min(time.baseline.length, time.candidate.length) < LEAST_RUNS;
  const shift = few
    ? fewRunsDifference(time, confidence)
    : shiftOf(time, design.paired, confidence);
  const count = part.count && {
    baseline: median(present(part.count.baseline)),
    candidate: median(present(part.count.candidate)),
  };
  const perCall = count && count.baseline > 0 ? median(present(time.baseline)) / count.baseline : 0;
  return {
    kind: part.kind,
    id: part.id,
    label: part.label,
    difference: shift?.estimate ?? 0,
    interval: shift && [shift.low, shift.high],
    share: 0,
    count,
    byCount: count && (count.candidate - count.baseline) * perCall,
  };
}

/** If no run of a side has a value, the part took no time there. */
const zerosForNone = (values: Column['baseline']): Column['baseline'] =>
  values.every((value) => value === null) ? values.map(() => 0) : values;

/** Turns the ratio from few runs (fewRuns.ts) into a difference, ms, around the geometric mean. */
function fewRunsDifference(time: Column, confidence: number): Shift | null {
  const { baseline, candidate } = logsOf(time);
  const middle = Math.exp((mean(present(baseline)) + mean(present(candidate))) / 2);
  const shift = fewRunsShift(time, time, confidence);
  if (!shift) return null;
  const difference = (log: number): number => 2 * middle * Math.sinh(log / 2);
  return {
    estimate: difference(shift.estimate),
    low: difference(shift.low),
    high: difference(shift.high),
  };
}
