import { median } from './median.ts';

const RESAMPLES = 2000;

/**
 * The 95 % percentile-bootstrap interval of the ratio of two medians, head over base (Efron & Tibshirani, An
 * Introduction to the Bootstrap, 1993, ch. 13). The same samples give the same interval.
 * @param base at least one value above 0
 */
export function ratioInterval(
  base: readonly number[],
  head: readonly number[],
): [low: number, high: number] {
  const random = createRandom(base.length * 1009 + head.length);
  const resampled = (values: readonly number[]): number =>
    median(values.map(() => values[Math.floor(random() * values.length)] as number));
  const ratios = Array.from({ length: RESAMPLES }, () => resampled(head) / resampled(base)).sort(
    (a, b) => a - b,
  );
  return [
    ratios[Math.floor(0.025 * RESAMPLES)] as number,
    ratios[Math.ceil(0.975 * RESAMPLES) - 1] as number,
  ];
}

/** Park and Miller's generator. */
function createRandom(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
