import { describe, expect, it, vi } from 'vitest';
import { LEAST_PAIRS } from '../../../src/compare/design.ts';
import { outlierRuns } from '../../../src/compare/outliers.ts';
import {
  asRecorded,
  coverage,
  falseAlarms,
  found,
  NOISY_MACHINE,
  simulate,
  simulatedColumns,
} from '../../fixtures/simulatedRuns.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

// docs/statistics.md has the figures of more and longer simulations, by `npm run bench -- compare`.
const TIMES = 200;
/** What 200 comparisons at a chance of 1 % exceed once in 1,000 times: 7 of them. */
const MOST_ALARMS = 0.035;

describe.each([
  ['in turn', true],
  ['as two groups', false],
])('runs that are compared %s', (_, paired) => {
  const metrics = 20;
  // Fewer pairs are compared as groups.
  const runs = paired ? LEAST_PAIRS : 10;

  it('give false alarms no more often than said, on a noisy machine', () => {
    expect(falseAlarms(simulate({ metrics }, TIMES, paired))).toBeLessThanOrEqual(MOST_ALARMS);
  });

  it('give no more of them where the metrics have little to do with each other', () => {
    const independent = simulate({ metrics, shared: 0, drift: 0, outliers: 0 }, TIMES, paired);
    expect(falseAlarms(independent)).toBeLessThanOrEqual(MOST_ALARMS);
  });

  it('show a change by 30 % in nearly all comparisons', () => {
    expect(found(simulate({ metrics, runs, effect: 1.3 }, 60, paired))).toBeGreaterThanOrEqual(0.9);
  });

  it('show a change by 10 % on a calm machine', () => {
    const calm = {
      metrics,
      runs,
      effect: 1.1,
      own: () => 0.015,
      shared: 0.01,
      drift: 0,
      outliers: 0,
    };
    expect(found(simulate(calm, 60, paired))).toBeGreaterThanOrEqual(0.9);
  });

  it('have the true ratio in 95 of 100 intervals', () => {
    const share = coverage(simulate({ metrics: 5, effect: 1.1 }, TIMES, paired), 1.1);
    // Below that once in 1,000 times at 95 %.
    expect(share).toBeGreaterThanOrEqual(0.902);
  });
});

describe('few runs', () => {
  it.each([
    1, 2, 3, 4,
  ])('(%i a side) that scatter as real pages do give no false alarms', (runs) => {
    const page = { runs, metrics: 60, own: asRecorded, shared: 0.1, drift: 0, outliers: 0 };
    expect(falseAlarms(simulate(page, TIMES, false))).toBeLessThanOrEqual(MOST_ALARMS);
  });
});

describe('runs that were held up', () => {
  const calm = { ...NOISY_MACHINE, outliers: 0, drift: 0 };

  it('are found by most of their timings together', () => {
    const columns = simulatedColumns(calm, 1);
    for (const { candidate } of columns) candidate[3] = (candidate[3] ?? 0) * 2;
    expect(outlierRuns(columns)).toEqual({ baseline: [], candidate: [3] });
  });

  it('are never as many as a change would make', () => {
    const columns = simulatedColumns(calm, 1);
    for (const column of columns)
      column.candidate = column.candidate.map((value) => (value ?? 0) * 5);
    expect(outlierRuns(columns)).toEqual({ baseline: [], candidate: [] });
  });

  it('are not told from one metric', () => {
    const columns = simulatedColumns(calm, 1);
    const [first] = columns;
    if (first) first.candidate[3] = 1e9;
    expect(outlierRuns(columns)).toEqual({ baseline: [], candidate: [] });
  });
});
