import type { Comparison, MetricComparison } from '../../../../src/compare/model.ts';

// Comparisons to be shown and judged.

/** Six runs with the same value. */
export const side = (median: number) => ({ runs: 6, median, min: median, max: median });
/** A timing that got slower. */
export const metric = (change: Partial<MetricComparison> = {}): MetricComparison => ({
  id: 'load',
  label: 'Load time',
  subject: { type: 'page' },
  quantity: 'load',
  unit: 'ms',
  group: 'load',
  kind: 'timed',
  depends: 'times',
  better: 'lower',
  baseline: side(80),
  candidate: side(92),
  ratio: 1.15,
  interval: [1.12, 1.18],
  difference: 12,
  p: 0.001,
  verdict: 'slower',
  within: null,
  significant: true,
  worse: true,
  noisy: false,
  runsNeeded: null,
  aliasOf: null,
  notes: [],
  ...change,
});
/** A timing without a result. */
export const unknown = metric({
  verdict: 'unknown',
  significant: false,
  worse: false,
  interval: [0.9, 1.4],
  notes: [{ code: 'too few runs' }],
});
/** An exact figure without a change. */
export const equal = metric({
  kind: 'exact',
  verdict: 'equal',
  significant: false,
  worse: false,
  ratio: 1,
  interval: null,
});
/** A comparison with one change. */
export const comparison = (change: Partial<Comparison> = {}): Comparison => ({
  runs: { baseline: 6, candidate: 6 },
  paired: true,
  refused: { times: [], memory: [], counts: [], transfer: [] },
  notes: [],
  metrics: [metric(), unknown],
  options: {
    minEffect: 0.03,
    alpha: 0.05,
    confidence: 0.95,
    tolerance: {},
    force: false,
    paired: 'auto',
    seed: 1,
    refused: { times: [], memory: [], counts: [], transfer: [] },
  },
  explanation: [
    {
      kind: 'function',
      id: 'a/read',
      label: 'env.read',
      difference: 11,
      interval: [10, 12],
      share: 0.8,
      count: { baseline: 10, candidate: 12 },
      byCount: 2,
    },
  ],
  ...change,
});
