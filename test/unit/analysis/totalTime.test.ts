import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallSums } from '../../../src/analysis/totalTime.ts';
import { totalTime } from '../../../src/analysis/totalTime.ts';
import { halfWidth } from '../../../src/statistics/estimate.ts';
import { createTimingCore } from '../../fixtures/timingCore.ts';

// How often the interval contains the true time, over thousands of simulated recordings.

const none: CallSums = {
  calls: 0,
  certainCalls: 0,
  certainTime: 0,
  sampledCalls: 0,
  weight: 0,
  weightSquared: 0,
  weightedTime: 0,
  weightSquaredTime: 0,
  weightedTimeSquared: 0,
};
/** A clock whose reading costs nothing. */
const ticking = (tick: number) => ({ tick, cost: 0, costError: 0, disturbed: 0 });
/**
 * Calls timed at random, all of one weight: how many, their time together, that of their squares.
 */
const sampled = (weight: number, sampledCalls: number, time: number, square: number) => ({
  sampledCalls,
  weight: sampledCalls * weight,
  weightSquared: sampledCalls * weight ** 2,
  weightedTime: time * weight,
  weightSquaredTime: time * weight ** 2,
  weightedTimeSquared: square * weight ** 2,
});

/** Mulberry32 (Ettinger 2017): the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
type Durations = (mean: number, random: Random) => number;

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const DURATIONS: Record<string, Durations> = {
  constant: (mean) => mean,
  uniform: (mean, random) => 2 * mean * random(),
  exponential: (mean, random) => -mean * Math.log(1 - random()),
  'log-normal': (mean, random) => mean * Math.exp(0.5 * normal(random) - 0.125),
};
const RARELY_LONG: Durations = (mean, random) => mean * (random() < 0.9 ? 0.5 : 5.5);

/** What a clock that ticks every `tick` ms shows for a duration that starts at any moment. */
const read = (duration: number, tick: number, random: Random): number =>
  tick === 0 ? duration : Math.floor((duration + random() * tick) / tick) * tick;

const SAMPLED = [
  'sampledCalls',
  'weight',
  'weightSquared',
  'weightedTime',
  'weightSquaredTime',
  'weightedTimeSquared',
] as const;

interface Scenario {
  calls: number;
  /** The mean number of calls between two that are timed. */
  gap: number;
  mean: number;
  tick: number;
}

/** One recording: two calls timed for certain, of the others one in `gap`. */
function record(
  { calls, gap, mean, tick }: Scenario,
  durations: Durations,
  random: Random,
): { sums: CallSums; truth: number } {
  const sums = { ...none, calls };
  let truth = 0;
  for (let call = 0; call < calls; call++) {
    const duration = durations(mean, random);
    truth += duration;
    if (call < 2) {
      sums.certainCalls++;
      sums.certainTime += read(duration, tick, random);
    } else if (random() * gap < 1) {
      const measured = read(duration, tick, random);
      const one = sampled(gap, 1, measured, measured * measured);
      for (const name of SAMPLED) sums[name] += one[name];
    }
  }
  return { sums, truth };
}

const holds = ({ value, variance }: { value: number; variance: number }, truth: number): boolean =>
  Math.abs(value - truth) <= halfWidth({ value, error: Math.sqrt(variance) }) + 1e-9;

/** How often the interval holds the truth, of so many recordings. */
function coverage(scenario: Scenario, durations: Durations, seed: number, times = 600): number {
  const random = createRandom(seed);
  let held = 0;
  for (let time = 0; time < times; time++) {
    const { sums, truth } = record(scenario, durations, random);
    if (holds(totalTime(sums, sums, ticking(scenario.tick)), truth)) held++;
  }
  return held / times;
}

const COARSE = 0.1;
const FINE = 0.005;
const SCENARIOS: Scenario[] = [COARSE, FINE].flatMap((tick) =>
  [0.0005, 0.03, 1].flatMap((mean) => [
    { calls: 20, gap: 4, mean, tick },
    { calls: 100, gap: 10, mean, tick },
    { calls: 1000, gap: 50, mean, tick },
    { calls: 3000, gap: 32, mean, tick },
    { calls: 5000, gap: 512, mean, tick },
  ]),
);

test.each(
  Object.keys(DURATIONS),
)('with %s durations the interval contains the truth in 93 of 100 recordings', (name) => {
  const missed = SCENARIOS.map((scenario, seed) => ({
    ...scenario,
    held: coverage(scenario, DURATIONS[name] as Durations, seed + 1),
  })).filter(({ held }) => held < 0.93);
  expect(missed).toEqual([]);
});

test('a hundred samples suffice if one call in ten is eleven times longer than the others', () => {
  for (const tick of [COARSE, FINE]) {
    expect(
      coverage({ calls: 4000, gap: 40, mean: 0.03, tick }, RARELY_LONG, 3),
    ).toBeGreaterThanOrEqual(0.93);
  }
});

test('with many samples the interval is no wider than necessary', () => {
  const scenario = { calls: 20_000, gap: 20, mean: 0.03, tick: 0 };
  const random = createRandom(5);
  const relative = Array.from({ length: 50 }, () => {
    const { sums, truth } = record(scenario, DURATIONS.exponential as Durations, random);
    return Math.sqrt(totalTime(sums, sums, ticking(0)).variance) / truth;
  });
  // Of 1,000 samples with a scatter as large as their mean, less 5 % of the population.
  const expected = Math.sqrt(0.95 / 1000);
  const mean = relative.reduce((sum, error) => sum + error, 0) / relative.length;
  expect(mean / expected).toBeGreaterThan(0.97);
  expect(mean / expected).toBeLessThan(1.03);
  const held = coverage(scenario, DURATIONS.exponential as Durations, 9, 200);
  expect(held).toBeLessThan(0.99);
});

test('the calls that the agent chooses to time give intervals that contain the truth', () => {
  for (const [mean, tick] of [
    [0.0004, COARSE],
    [0.02, COARSE],
    [0.002, FINE],
  ] as const) {
    const random = createRandom(11);
    let held = 0;
    for (let time = 0; time < 200; time++) {
      const { sums, truth } = recordAsAgent(4000, mean, tick, random);
      if (holds(totalTime(sums, sums, ticking(tick)), truth)) held++;
    }
    expect(held / 200, `mean ${mean}, tick ${tick}`).toBeGreaterThanOrEqual(0.93);
  }
});

test.each([
  ['all the time', 0.0002, 0, COARSE, 16],
  ['a fifth of the time', 0.0005, 4, COARSE, 5],
  ['all the time', 0.0002, 0, FINE, 4],
])('with calls %s, %d ms each, timing takes 2 %% of the time', (_, mean, between, tick, width) => {
  const random = createRandom(31);
  const read = 3.5e-5;
  let time = 0;
  let total = 0;
  const core = createTimingCore(5, tick, () => {
    time += read;
    const seen = Math.floor(time / tick) * tick;
    time += read;
    return seen;
  });
  let calls = 0;
  for (; total < 500; calls++) {
    const duration = -mean * Math.log(1 - random());
    core.call(() => {
      time += duration;
    });
    total += duration;
    time -= between * mean * Math.log(1 - random());
  }
  const sums = { calls, ...core.sums() };
  const { value, variance } = totalTime(sums, sums, {
    tick,
    cost: 2 * read,
    costError: 0,
    disturbed: 0,
  });
  // As the core takes a timed call to cost.
  const share = ((sums.sampledCalls + sums.certainCalls) * 1.6e-4) / time;
  expect(share).toBeGreaterThan(0.017);
  expect(share).toBeLessThan(0.023);
  // For a second of time, which the interval's half-width falls to with its root.
  const half = (halfWidth({ value, error: Math.sqrt(variance) }) / value) * Math.sqrt(total / 1000);
  expect(100 * half).toBeLessThan(width);
  expect(Math.abs(value - total)).toBeLessThan(3 * Math.sqrt(variance));
});

/**
 * By the agent's own wasm, on a clock that ticks; between two calls as much time passes as in one.
 */
function recordAsAgent(
  calls: number,
  mean: number,
  tick: number,
  random: Random,
): { sums: CallSums; truth: number } {
  let time = random() * tick;
  let truth = 0;
  const core = createTimingCore(
    1 + Math.floor(random() * 2 ** 30),
    tick,
    () => Math.floor(time / tick) * tick,
  );
  for (let call = 0; call < calls; call++) {
    const duration = -mean * Math.log(1 - random());
    truth += duration;
    core.call(() => {
      time += duration;
    });
    time -= mean * Math.log(1 - random());
  }
  const sums = { calls, ...core.sums() };
  return { sums, truth };
}

test('the error falls with the share of calls that were timed, to 0 if all were', () => {
  const errorOf = (calls: number): number => {
    const sums = { ...none, calls, ...sampled(calls / 100, 100, 10, 2) };
    return Math.sqrt(totalTime(sums, sums, ticking(0)).variance) / calls;
  };
  expect(errorOf(100)).toBe(0);
  // Of 400 a quarter was timed, of 1,000,000 next to none.
  expect(errorOf(400) / errorOf(1_000_000)).toBeCloseTo(Math.sqrt(3 / 4), 3);
});

test('a stretch without timed calls is estimated from the session, with a larger error', () => {
  const session: CallSums = {
    calls: 1000,
    certainCalls: 2,
    certainTime: 0.2,
    ...sampled(20, 50, 5, 0.6),
  };
  const { value, variance } = totalTime({ ...none, calls: 100 }, session, ticking(FINE));
  expect(value).toBeCloseTo(10);
  const timed = totalTime(
    { ...none, calls: 100, ...sampled(20, 5, 0.5, 0.06) },
    session,
    ticking(FINE),
  );
  expect(timed.value).toBeCloseTo(10);
  expect(variance).toBeGreaterThan(100 * 100 * (0.1 / 49 / 50));
});

test.each([
  100, 2,
])('its interval contains the truth too if the session timed one call in %i', (gap) => {
  const random = createRandom(17);
  let held = 0;
  for (let time = 0; time < 600; time++) {
    const durations = DURATIONS.exponential as Durations;
    const before = record({ calls: 1000, gap, mean: 0.03, tick: FINE }, durations, random);
    const rest = record({ calls: 30, gap: Infinity, mean: 0.03, tick: FINE }, durations, random);
    const session = { ...before.sums, calls: before.sums.calls + 30 };
    if (
      before.sums.sampledCalls > 0 &&
      holds(totalTime({ ...none, calls: 30 }, session, ticking(FINE)), rest.truth)
    )
      held++;
  }
  expect(held / 600).toBeGreaterThanOrEqual(0.93);
});

test('without random samples, calls are estimated from those timed for certain, with an error of that size', () => {
  const sums: CallSums = { ...none, calls: 12, certainCalls: 2, certainTime: 0.4 };
  const { value, variance } = totalTime(sums, sums, ticking(FINE));
  expect(value).toBeCloseTo(0.4 + 10 * 0.2);
  expect(Math.sqrt(variance)).toBeGreaterThanOrEqual(10 * 0.2);
});

test('without random samples the interval contains the truth', () => {
  for (const tick of [COARSE, FINE]) {
    expect(
      coverage(
        { calls: 6, gap: Infinity, mean: 0.03, tick },
        DURATIONS.exponential as Durations,
        23,
        1000,
      ),
    ).toBeGreaterThanOrEqual(0.93);
  }
});

test('calls that were all timed have only the error of the clock', () => {
  const sums: CallSums = { ...none, calls: 40, certainCalls: 40, certainTime: 8 };
  expect(totalTime(sums, sums, ticking(0))).toEqual({ value: 8, variance: 0 });
  const { value, variance } = totalTime(sums, sums, ticking(COARSE));
  expect(value).toBe(8);
  // At most 50 µs a call, give or take: 40 times a quarter of a squared tick.
  expect(variance).toBeCloseTo((41 * COARSE * COARSE) / 4);
});

test('calls that all read 0 on a coarse clock do not count as exact', () => {
  const sums: CallSums = { ...none, calls: 1000, certainCalls: 2, ...sampled(50, 20, 0, 0) };
  const { value, variance } = totalTime(sums, sums, ticking(COARSE));
  expect(value).toBe(0);
  expect(halfWidth({ value, error: Math.sqrt(variance) })).toBeGreaterThan((3 / 20) * COARSE * 998);
});

test('any sums give a time and a variance that are finite and not negative', () => {
  const amount = fc.double({ min: -1, max: 1e6, noNaN: true });
  const count = fc.nat({ max: 1_000_000 });
  const any = fc.record({
    calls: count,
    certainCalls: count,
    certainTime: amount,
    sampledCalls: count,
    weight: amount,
    weightSquared: amount,
    weightedTime: amount,
    weightSquaredTime: amount,
    weightedTimeSquared: amount,
  });
  fc.assert(
    fc.property(
      any,
      any,
      fc.constantFrom(0, FINE, COARSE, 1),
      fc.constantFrom(0, 1e-4),
      (sums, session, tick, cost) => {
        const { value, variance } = totalTime(sums, session, {
          tick,
          cost,
          costError: cost / 10,
          disturbed: 0,
        });
        expect(value).toBeGreaterThanOrEqual(0);
        expect(variance).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(value) && Number.isFinite(variance)).toBe(true);
      },
    ),
  );
});

test('the interval includes what timing does to a call, however many calls were timed', () => {
  const clock = { ...ticking(0), disturbed: 0.0001 };
  const error = (calls: number, ms: number): number =>
    Math.sqrt(
      totalTime({ ...none, calls, certainCalls: calls, certainTime: calls * ms }, none, clock)
        .variance,
    ) /
    (calls * ms);
  expect(error(10, 0.001)).toBeCloseTo(0.015);
  expect(error(1_000_000, 0.001)).toBeCloseTo(0.015);
  expect(error(1000, 1)).toBeCloseTo(0.0001);
});
