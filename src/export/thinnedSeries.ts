import type { Series } from '../session/model.ts';
import { sevenDigits } from './sevenDigits.ts';

/** Keeps the smallest and the largest point of each stretch of time, so that peaks remain. */
export function thinnedSeries(series: Series, most: number): Series {
  const { time, value } = series;
  const kept = time.length <= most ? [...time.keys()] : extremes(value, most);
  return {
    ...series,
    time: kept.map((point) => sevenDigits(time[point] ?? 0)),
    value: kept.map((point) => sevenDigits(value[point] ?? 0)),
  };
}

/** Indices, in order. */
function extremes(value: readonly number[], most: number): number[] {
  const step = (2 * value.length) / most;
  const kept: number[] = [];
  for (let start = 0; start < value.length; start += step) {
    const first = Math.floor(start);
    const end = Math.min(Math.floor(start + step), value.length);
    let low = first;
    let high = first;
    for (let point = first; point < end; point++) {
      const current = value[point] ?? 0;
      if (current < (value[low] ?? 0)) low = point;
      if (current > (value[high] ?? 0)) high = point;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  return kept;
}
