/** The values that are there, without the runs that lack one. */
export const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);
