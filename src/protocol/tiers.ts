/**
 * What the probe's time in wasm over that in JavaScript says of the tier. Between the two it
 * belongs to none for
 * certain: a coarse clock, or a machine with other work.
 */
export const OPTIMISED_BELOW = 0.7;
export const BASELINE_FROM = 1;
