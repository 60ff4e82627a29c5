/** Values of two sides, run by run; null for a run without one. */
export interface Sides {
  baseline: readonly (number | null)[];
  candidate: readonly (number | null)[];
}
