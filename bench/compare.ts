import { compareSessions } from '../src/compare/compareSessions.ts';
import { LEAST_PAIRS } from '../src/compare/design.ts';
import { createFold } from '../src/session/fold.ts';
import type { Session } from '../src/session/model.ts';
import { simulateChecks } from '../test/fixtures/simulatedChecks.ts';
import type { Simulation } from '../test/fixtures/simulatedRuns.ts';
import { coverage, falseAlarms, found, simulate } from '../test/fixtures/simulatedRuns.ts';
import { SMALL, syntheticInfo, syntheticSegments } from '../test/fixtures/synthetic.ts';
import type { Row } from './report.ts';
import { figure } from './statistics.ts';

// How long a comparison takes, and how often it is right about simulated runs of which the truth is
// known: 60 metrics, 10 runs per side, 15 where they are compared as pairs, recorded in turn, on a
// machine that slows down by 10 % and on which one run in twenty is an outlier. The same for checks
// of budgets on an increase.

const ROUNDS = 5;
const RUNS = 50;
const COMPARISONS = 400;
const POWER_COMPARISONS = 200;
const CHECKS = 3000;

const CASES: { name: string; change: Partial<Simulation> }[] = [
  { name: 'noisy machine', change: {} },
  { name: 'calm machine', change: { own: () => 0.015, shared: 0.01, drift: 0, outliers: 0 } },
  { name: 'very noisy machine', change: { own: () => 0.1, shared: 0.1 } },
];

/** Time of 2×50 sessions; false alarms, power and coverage of comparisons and of checks. */
export function benchCompare(): Promise<Row[]> {
  return Promise.resolve([speed(), ...CASES.flatMap(truth), ...CASES.flatMap(checks)]);
}

function speed(): Row {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Sessions of their own each round: what was computed of one is kept.
    const [baseline, candidate] = [sessions(), sessions()];
    const before = performance.now();
    compareSessions(baseline, candidate);
    times.push(performance.now() - before);
  }
  return {
    group: 'Comparison',
    what: `2×${RUNS} sessions of ${SMALL.functions} functions and ${SMALL.nodes} nodes`,
    unit: 'ms',
    figure: figure(times),
    limit: 2000,
  };
}

const sessions = (): Session[] =>
  Array.from({ length: RUNS }, (_, run) => {
    const fold = createFold(syntheticInfo({ id: String(run), started: run }));
    for (const segment of syntheticSegments(SMALL)) fold.add(segment);
    return fold.session();
  });

function truth({ name, change }: (typeof CASES)[number]): Row[] {
  const group = `Comparison: ${name}, simulated`;
  const row = (what: string, share: number, bound: Partial<Row> = {}): Row => ({
    group,
    what,
    unit: '%',
    figure: figure([share * 100]),
    ...bound,
  });
  return [['as pairs', true] as const, ['as groups', false] as const].flatMap(([how, paired]) => {
    const runs = paired ? LEAST_PAIRS : 10;
    const unchanged = simulate({ ...change, runs }, COMPARISONS, paired);
    return [
      // 1 %, and what chance adds to it in one of 1,000 such benches.
      row(`${how}: comparisons with a false alarm`, falseAlarms(unchanged), { limit: 2.75 }),
      row(`${how}: intervals that hold the truth`, coverage(unchanged, 1)),
      ...[1.05, 1.1, 1.3].map((effect) =>
        row(
          `${how}: ${Math.round((effect - 1) * 100)} % slower, found`,
          found(simulate({ ...change, runs, effect }, POWER_COMPARISONS, paired)),
        ),
      ),
    ];
  });
}

function checks({ name, change }: (typeof CASES)[number]): Row[] {
  const group = `Budgets: at most 0 % more, ${name}, simulated, 10 runs per side`;
  const row = (what: string, share: number, bound: Partial<Row> = {}): Row => ({
    group,
    what,
    unit: '%',
    figure: figure([share * 100]),
    ...bound,
  });
  return [1, 10].flatMap((budgets) => {
    const checked = (effect: number, times: number) =>
      simulateChecks({ ...change, effect }, { times, budgets, allowed: 0 });
    return [
      // 3 in 10,000 (docs/statistics.md), and what chance adds in a bench of 3,000.
      row(`${budgets} in the file: failed without a change`, checked(1, CHECKS).any, {
        limit: 0.1,
      }),
      row(`${budgets} in the file: 30 % slower, failed`, checked(1.3, POWER_COMPARISONS).first),
    ];
  });
}
