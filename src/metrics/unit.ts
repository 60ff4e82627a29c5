/**
 * The unit of a figure. A `factor` is a ratio, a `share` is between 0 and 1, and a `score` such as
 * CLS has no unit.
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
