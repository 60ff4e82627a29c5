/**
 * What a figure is counted in. A `factor` says how many times as much, a `share` is a part of 1,
 * and a `score` has no unit, as CLS.
 */
export type Unit =
  | 'bytes'
  | 'ms'
  | 'ns'
  | 'pages'
  | 'count'
  | 'per second'
  | 'factor'
  | 'share'
  | 'score';
