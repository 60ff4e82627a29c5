/** Values of two sides, run by run; null where a run has none. */
export interface Sides {
  baseline: readonly (number | null)[];
  candidate: readonly (number | null)[];
}
