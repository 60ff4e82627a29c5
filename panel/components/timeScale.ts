/** A stretch of time that is drawn from left to right, ms. */
export interface TimeScale {
  from: number;
  /** Above 0. */
  length: number;
}

export interface Tick {
  /** From 0, left, to 1. */
  place: number;
  label: string;
}

/** The scale that shows all of some stretches; at least 1 ms long. Null for none. */
export function scaleOf(stretches: Iterable<{ from: number; to: number }>): TimeScale | null {
  let [first, last] = [Infinity, -Infinity];
  for (const { from, to } of stretches) {
    if (from < first) first = from;
    if (to > last) last = to;
  }
  return last < first ? null : { from: first, length: Math.max(last - first, 1) };
}

/**
 * The scale of phases; a last one that would squeeze the others to less than half runs out of it.
 */
export function scaleOfPhases(
  phases: readonly { name: string; from: number; to: number }[],
  last: string,
): TimeScale | null {
  const whole = scaleOf(phases);
  const rest = scaleOf(phases.filter(({ name }) => name !== last));
  return whole && rest && whole.length > 2 * rest.length ? rest : whole;
}

/** Where a time lies, 0 to 1 within the scale. */
export const placeOf = (scale: TimeScale, time: number): number =>
  (time - scale.from) / scale.length;

/** The visible part of a stretch; null where none of it is. */
export function clip(
  scale: TimeScale,
  from: number,
  to: number,
): { left: number; width: number } | null {
  const left = Math.max(placeOf(scale, from), 0);
  const right = Math.min(placeOf(scale, to), 1);
  return right < left ? null : { left, width: right - left };
}

/** Round times, one, two or five of some power of ten apart; at most `most` of them. */
export function timeTicks(scale: TimeScale, most: number): Tick[] {
  const least = scale.length / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= least * 0.999_999) ?? 10) * power;
  const end = scale.from + scale.length;
  const [unit, size] = end >= 1000 ? ['s', 1000] : ['ms', 1];
  const places = Math.max(0, -Math.floor(Math.log10(step / size) + 1e-9));
  const ticks: Tick[] = [];
  for (
    let count = Math.ceil(scale.from / step - 1e-9);
    count * step <= end + step * 1e-9 && ticks.length < most;
    count++
  ) {
    ticks.push({
      place: placeOf(scale, count * step),
      label: `${((count * step) / size).toFixed(places)} ${unit}`,
    });
  }
  return ticks;
}
