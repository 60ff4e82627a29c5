import { describe, expect, it, vi } from 'vitest';
import { simulateChecks } from '../../fixtures/simulatedChecks.ts';
import { asRecorded } from '../../fixtures/simulatedRuns.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

// docs/statistics.md has the figures of more checks, by `npm run bench -- compare`.
const CALM = { metrics: 20, own: () => 0.015, shared: 0.01, drift: 0, outliers: 0 };
const NOISY = { metrics: 20 };
const AS_RECORDED = { metrics: 20, own: asRecorded, shared: 0.1, drift: 0 };

describe('a build compared with itself', () => {
  it.each([
    ['a calm machine', 1, CALM],
    ['a calm machine', 20, CALM],
    ['a noisy machine', 1, NOISY],
    ['a noisy machine', 20, NOISY],
    ['pages that scatter as recorded', 1, AS_RECORDED],
    ['pages that scatter as recorded', 20, AS_RECORDED],
  ] as const)('fails none of its budgets in 150 checks on %s, with %i of them', (_, budgets, machine) => {
    for (const runs of [5, 10]) {
      const checks = simulateChecks({ ...machine, runs }, { times: 150, budgets, allowed: 0 });
      expect(checks.any, `${runs} runs`).toBe(0);
    }
  });
});

describe('a build that is slower by 30 %', () => {
  it.each([
    1, 20,
  ])('fails "no more" in 9 of 10 checks with ten runs on a calm machine, with %i budgets', (budgets) => {
    const slower = { ...CALM, runs: 10, effect: 1.3 };
    const { first } = simulateChecks(slower, { times: 100, budgets, allowed: 0 });
    expect(first).toBeGreaterThanOrEqual(0.9);
  });

  it('fails "at most 10 % more" in 9 of 10 checks with ten runs on a calm machine', () => {
    const slower = { ...CALM, runs: 10, effect: 1.3 };
    const { first } = simulateChecks(slower, { times: 100, budgets: 1, allowed: 0.1 });
    expect(first).toBeGreaterThanOrEqual(0.9);
  });
});
