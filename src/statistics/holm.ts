/** Holm's step-down correction (1979): the chance that any of the metrics would look so changed. */
export function holm(chances: readonly number[]): number[] {
  const order = chances
    .map((_, at) => at)
    .sort((a, b) => (chances[a] as number) - (chances[b] as number));
  const corrected = chances.map(() => 1);
  let highest = 0;
  order.forEach((at, place) => {
    highest = Math.max(highest, Math.min((chances[at] as number) * (chances.length - place), 1));
    corrected[at] = highest;
  });
  return corrected;
}
