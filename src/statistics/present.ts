/** The values without nulls, which stand for runs without a value. */
export const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);
