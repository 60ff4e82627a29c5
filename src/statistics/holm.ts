/**
 * Holm's step-down correction (1979): the probability that any of the metrics would show so clear a
 * change by chance.
 */
export function holm(chances: readonly number[]): number[] {
  const ranked = chances
    .map((chance, index) => ({ chance, index }))
    .sort((a, b) => a.chance - b.chance);
  const corrected = chances.map(() => 1);
  let highest = 0;
  for (const [rank, { chance, index }] of ranked.entries()) {
    highest = Math.max(highest, Math.min(chance * (chances.length - rank), 1));
    corrected[index] = highest;
  }
  return corrected;
}
