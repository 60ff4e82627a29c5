import { quantile } from '../src/statistics/quantile.ts';

/** A measured figure: the median of its samples, and the quartiles as its spread. */
export interface Figure {
  median: number;
  low: number;
  high: number;
  samples: number;
}

/** @throws Error where there is no sample */
export function figure(samples: readonly number[]): Figure {
  if (samples.length === 0) throw new Error('No samples.');
  return {
    median: quantile(samples, 0.5),
    low: quantile(samples, 0.25),
    high: quantile(samples, 0.75),
    samples: samples.length,
  };
}

/**
 * Measures each variant once a round, in turn, so that drift of the machine meets all alike. The
 * order is reversed every other round.
 */
export async function interleave<Variant extends string>(
  variants: readonly Variant[],
  rounds: number,
  measure: (variant: Variant, round: number) => Promise<number>,
): Promise<Record<Variant, number[]>> {
  const samples = Object.fromEntries(
    variants.map((variant) => [variant, [] as number[]]),
  ) as Record<Variant, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const variant of round % 2 === 0 ? variants : [...variants].reverse())
      samples[variant].push(await measure(variant, round));
  }
  return samples;
}

/** Sample by sample, within each round. */
export const pairwise = (
  a: readonly number[],
  b: readonly number[],
  join: (a: number, b: number) => number,
): Figure => figure(a.map((value, at) => join(value, b[at] as number)));

/** A figure that is one number, without a spread. */
export const single = (value: number): Figure => ({
  median: value,
  low: value,
  high: value,
  samples: 1,
});

/**
 * The mean of what is left without the lowest and highest fifth: noise of the machine is mostly in
 * few samples.
 */
export function trimmedMean(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 5);
  const kept = sorted.slice(cut, sorted.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

/** @throws Error where there is no sample */
export const median = (samples: readonly number[]): number => figure(samples).median;

export const geometricMean = (ratios: readonly number[]): number =>
  Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
