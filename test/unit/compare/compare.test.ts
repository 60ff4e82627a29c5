import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/compare/column.ts';
import { columnsOf } from '../../../src/compare/column.ts';
import { compareColumns } from '../../../src/compare/compareColumns.ts';
import { compareSessions } from '../../../src/compare/compareSessions.ts';
import { DEFAULT_OPTIONS } from '../../../src/compare/defaultOptions.ts';
import type { CompareOptions, MetricComparison, Refusals } from '../../../src/compare/model.ts';
import type { Session } from '../../../src/session/model.ts';
import { requestRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';
import type { Run } from './runs.ts';
import { around, sessionsOf } from './runs.ts';

const STEP = 'crossings/a.wasm/step';
const DRAW = 'crossings/a.wasm/env.draw';

function metric(
  baseline: readonly Run[],
  candidate: readonly Run[],
  id: string,
  options: Partial<CompareOptions> = {},
): MetricComparison {
  const { metrics } = compareSessions(sessionsOf(baseline), sessionsOf(candidate), options);
  const found = metrics.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
}

const steps = (ms: number, count = 8): Run[] => around(ms, count).map((step) => ({ step }));
const same = (run: Run, count = 3): Run[] => Array.from({ length: count }, () => run);

describe('an exact metric', () => {
  it('that is the same is equal', () => {
    const bytes = metric(same({}), same({}), 'module/a.wasm/bytes');
    expect(bytes).toMatchObject({ verdict: 'equal', significant: false });
  });

  it('tells of one byte more', () => {
    const bytes = metric(same({}), same({ bytes: 1001 }), 'module/a.wasm/bytes');
    expect(bytes).toMatchObject({
      verdict: 'larger',
      difference: 1,
      significant: true,
      worse: true,
    });
  });

  it('tells of one call less, and that it is not for the worse', () => {
    const calls = metric(same({ calls: 4 }), same({ calls: 3 }), `${DRAW}/calls`);
    expect(calls).toMatchObject({
      verdict: 'fewer',
      difference: -1,
      significant: true,
      worse: false,
    });
  });

  it('is equal within its tolerance', () => {
    const tolerance = { 'module/a.wasm/bytes': 0.01 };
    const bytes = metric(same({}), same({ bytes: 1005 }), 'module/a.wasm/bytes', { tolerance });
    expect(bytes.verdict).toBe('equal');
  });

  it('is noisy where it varies within a side, and no change is told of what may be noise', () => {
    const calls = [4, 5, 4, 5, 4, 4, 5, 4].map((count) => ({ calls: count }));
    expect(metric(same({ calls: 4 }, 8), calls, `${DRAW}/calls`)).toMatchObject({
      noisy: true,
      verdict: 'unknown',
      significant: false,
    });
  });

  it('counts a function that only the candidate calls from 0', () => {
    const calls = metric(same({ calls: 0 }), same({ calls: 2 }), `${DRAW}/calls`);
    expect(calls).toMatchObject({ verdict: 'new', difference: 2, ratio: null, worse: false });
  });
});

describe('a figure under two names', () => {
  it('is tested and told once', () => {
    // One call a run, without calls of its own: its self time, its total and its time a call.
    const runs = (ms: number): Run[] => around(ms, 8).map((draw) => ({ draw, calls: 1 }));
    const { metrics } = compareSessions(sessionsOf(runs(20)), sessionsOf(runs(40)));
    const told = metrics
      .filter(({ id }) => id.startsWith(`${DRAW}/`))
      .map(({ label, aliasOf }) => [label.split(': ').at(-1), aliasOf?.split(': ').at(-1) ?? null]);
    expect(told).toEqual([
      ['calls', null],
      ['self time', null],
      ['total time', 'self time'],
      ['self time per call', 'self time'],
    ]);
  });
});

describe('what only some runs know', () => {
  const fields = {
    id: 'measure/start/duration',
    subject: { type: 'measure', name: 'start' },
    quantity: 'duration',
    label: 'start',
    unit: 'ms',
    group: 'measures',
    kind: 'timed',
    depends: 'times',
    better: 'lower',
  } as const;
  const verdict = (
    column: Pick<Column, 'baseline' | 'candidate' | 'absentFrom'>,
    missing?: 'unknown',
  ) =>
    compareColumns(
      [
        {
          fields: { ...fields, ...(missing && { missing }) },
          baselineVariance: [0, 0],
          candidateVariance: [0, 0],
          ...column,
        },
      ],
      false,
      DEFAULT_OPTIONS,
    )[0];

  it('is gone where all runs of the baseline have it and none of the candidate', () => {
    expect(
      verdict({ baseline: [5, 5], candidate: [null, null], absentFrom: 'candidate' }),
    ).toMatchObject({
      verdict: 'gone',
      significant: true,
    });
  });

  it('is not where it was measured by chance', () => {
    expect(
      verdict({ baseline: [5, null], candidate: [null, null], absentFrom: null }),
    ).toMatchObject({
      verdict: 'unknown',
      significant: false,
    });
  });

  it('is told by the columns of the sessions', () => {
    const metric = (value: number, missing?: 'unknown') => ({
      ...fields,
      ...(missing && { missing }),
      value,
    });
    const absent = (baseline: readonly (number | null)[], missing?: 'unknown'): unknown => {
      const sides = [
        baseline.map((value) => sessionFrom([], { name: String(value) })),
        [sessionFrom([], { name: 'null' })],
      ] as const;
      return columnsOf(...sides, ({ info: { name } }) =>
        name === 'null' ? [] : [metric(Number(name), missing)],
      )[0]?.absentFrom;
    };
    expect(absent([5, 5])).toBe('candidate');
    expect(absent([5, null])).toBeNull();
    expect(absent([5, 5], 'unknown')).toBeNull();
  });
});

describe('few runs', () => {
  it('tell nothing of a time that each of them hardly knows', () => {
    const column = (errors: number): Column => ({
      fields: {
        id: 'crossings/a/b/self',
        subject: { type: 'function', module: 'a', name: 'b' },
        quantity: 'self time',
        label: 'b',
        unit: 'ms',
        group: 'crossings',
        kind: 'timed',
        depends: 'times',
        better: 'lower',
      },
      baseline: [500, 500],
      candidate: [9000, 9500],
      baselineVariance: [errors ** 2, errors ** 2],
      candidateVariance: [errors ** 2, errors ** 2],
      absentFrom: null,
    });
    const verdict = (errors: number) =>
      compareColumns([column(errors)], false, DEFAULT_OPTIONS)[0]?.verdict;
    expect(verdict(9000)).toBe('unknown');
    expect(verdict(0.01)).toBe('slower');
  });
});

describe('a timing', () => {
  it('that is a third longer is slower, by its ratio and interval', () => {
    const self = metric(steps(30), steps(40), `${STEP}/self`);
    expect(self).toMatchObject({ verdict: 'slower', worse: true });
    expect(self.ratio).toBeCloseTo(4 / 3, 2);
    expect(self.interval?.[0]).toBeGreaterThan(1.25);
  });

  it('that is shorter is faster and not worse', () => {
    expect(metric(steps(40), steps(30), `${STEP}/self`)).toMatchObject({
      verdict: 'faster',
      worse: false,
    });
  });

  it('whose interval lies within the minimum effect is the same', () => {
    const self = metric(steps(30), steps(30.1), `${STEP}/self`);
    expect(self.verdict).toBe('same');
    expect(self.within).toBeLessThanOrEqual(0.03);
  });

  it('that one run a side hardly shows is unknown', () => {
    expect(metric(steps(30, 1), steps(36, 1), `${STEP}/self`)).toMatchObject({
      verdict: 'unknown',
    });
  });

  it('that is ten times as long, and by seconds, is slower even by one run a side', () => {
    expect(metric(steps(400, 1), steps(4000, 1), `${STEP}/self`).verdict).toBe('slower');
  });

  it('that a stall may have made longer is unknown by one run a side, however many times', () => {
    expect(metric(steps(2, 1), steps(120, 1), `${STEP}/self`)).toMatchObject({
      verdict: 'unknown',
      significant: false,
    });
  });

  it('says how many runs would tell', () => {
    const wide = [10, 10.6, 9.8, 10.9, 10.3, 9.6].map((step) => ({ step, draw: 0 }));
    expect(metric(wide, [...wide].reverse(), `${STEP}/self`).runsNeeded).toBeGreaterThan(6);
  });

  it('that took too little time to matter is not judged', () => {
    const brief = (ms: number): Run[] => around(ms, 8).map((step) => ({ step, draw: 100 }));
    const self = metric(brief(0.2), brief(0.4), `${STEP}/self`);
    expect(self).toMatchObject({ verdict: 'unknown', significant: false });
    expect(self.notes).toEqual([{ code: 'too small' }]);
  });
});

describe('sides that may not be compared', () => {
  const refused: Refusals = {
    times: [{ code: 'baseline tier', session: 'a' }],
    memory: [],
    counts: [],
    transfer: [],
  };

  it('have no verdict on times, with the reason', () => {
    const self = metric(steps(30), steps(60), `${STEP}/self`, { refused });
    expect(self).toMatchObject({ verdict: 'unknown', p: null, notes: refused.times });
  });

  it('still have one on counts', () => {
    const calls = metric(same({ calls: 4 }), same({ calls: 5 }), `${DRAW}/calls`, { refused });
    expect(calls.verdict).toBe('more');
  });

  it('are compared by force, flagged', () => {
    const self = metric(steps(30), steps(60), `${STEP}/self`, { refused, force: true });
    expect(self).toMatchObject({ verdict: 'slower', notes: refused.times });
  });
});

describe('the explanation', () => {
  const { explanation } = compareSessions(
    sessionsOf(around(20, 8).map((draw) => ({ draw }))),
    sessionsOf(around(30, 8).map((draw) => ({ draw }))),
  );

  it('names the function first that became slower', () => {
    expect(explanation[0]).toMatchObject({ kind: 'function', id: 'a.wasm/env.draw' });
    expect(explanation[0]?.difference).toBeCloseTo(10, 0);
    expect(explanation[0]?.share).toBeGreaterThan(0.9);
  });

  it('gives the module what its functions took', () => {
    const module = explanation.find(({ kind }) => kind === 'module');
    expect(module).toMatchObject({ id: 'a.wasm' });
    expect(module?.difference).toBeCloseTo(10, 0);
  });

  it('is empty where no time changed', () => {
    const { metrics, explanation } = compareSessions(
      sessionsOf([{ draw: 20 }, { draw: 26 }]),
      sessionsOf([
        { draw: 30, bytes: 1001 },
        { draw: 31, bytes: 1001 },
      ]),
    );
    expect(metrics.filter(({ significant }) => significant).map(({ id }) => id)).toEqual([
      'module/a.wasm/bytes',
    ]);
    expect(explanation).toEqual([]);
  });

  it('has a function where it is told to have changed, also by one run a side', () => {
    const { metrics, explanation: parts } = compareSessions(
      sessionsOf([{ draw: 400 }]),
      sessionsOf([{ draw: 6000 }]),
    );
    expect(metrics.find(({ id }) => id === `${DRAW}/self`)?.verdict).toBe('slower');
    expect(parts[0]).toMatchObject({
      kind: 'function',
      id: 'a.wasm/env.draw',
      interval: [expect.any(Number), expect.any(Number)],
    });
    expect(parts[0]?.difference).toBeCloseTo(5600, 0);
  });

  it('tells what came of more calls from what each call cost', () => {
    const baseline = around(20, 8).map((draw) => ({ draw, calls: 4 }));
    const candidate = around(40, 8).map((draw) => ({ draw, calls: 8 }));
    const [first] = compareSessions(sessionsOf(baseline), sessionsOf(candidate)).explanation;
    expect(first?.count).toEqual({ baseline: 4, candidate: 8 });
    expect(first?.byCount).toBeCloseTo(20, 0);
  });
});

describe('the design', () => {
  const at = (from: number, step: number): Run[] =>
    around(30, 15).map((ms, run) => ({ step: ms, started: from + run * step }));

  it('is by pairs where the sides were recorded in turn', () => {
    expect(compareSessions(sessionsOf(at(0, 20)), sessionsOf(at(10, 20))).paired).toBe(true);
  });

  it('is not where one side was recorded after the other, which it says', () => {
    const { paired, notes } = compareSessions(sessionsOf(at(0, 1)), sessionsOf(at(100, 1)));
    expect(paired).toBe(false);
    expect(notes).toEqual([{ code: 'not in turn' }]);
  });

  it('needs a session on each side', () => {
    expect(() => compareSessions([], sessionsOf([{}]))).toThrow(RangeError);
  });
});

describe('all verdicts', () => {
  const runs = fc.array(
    fc.record({
      step: fc.double({ min: 0.2, max: 50, noNaN: true }),
      draw: fc.double({ min: 0.2, max: 50, noNaN: true }),
      calls: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 4, maxLength: 6 },
  );
  const compare = (baseline: Run[], candidate: Run[]): MetricComparison[] =>
    compareSessions(sessionsOf(baseline), sessionsOf(candidate)).metrics;

  it('are the same each time', () => {
    fc.assert(
      fc.property(runs, runs, (a, b) => {
        expect(compare(a, b)).toEqual(compare(a, b));
      }),
      { numRuns: 10 },
    );
  });

  it('have the inverse ratio and interval where the sides are swapped', () => {
    fc.assert(
      fc.property(runs, runs, (a, b) => {
        const back = new Map(compare(b, a).map((one) => [one.id, one]));
        for (const { id, ratio, interval } of compare(a, b)) {
          const other = back.get(id);
          if (!interval || !other?.interval || ratio === null) continue;
          expect(ratio * (other.ratio ?? 0)).toBeCloseTo(1, 9);
          expect(interval[0] * other.interval[1]).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('never tell of a change between a side and itself', () => {
    fc.assert(
      fc.property(runs, (a) => {
        expect(compare(a, a).filter(({ significant }) => significant)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('requests', () => {
  const visit = (port: number, ms: number, transferSize: number | null): Session => {
    const page = `http://127.0.0.1:${port}/`;
    const answered = { responseEnd: transferSize === null ? null : ms, responseUsed: ms };
    return sessionFrom(
      segmentsOf([
        { requests: [requestRow({ url: `${page}data.bin`, transferSize, ...answered })] },
      ]),
      { page },
    );
  };
  const bytes = (baseline: Session[], candidate: Session[]): MetricComparison | undefined =>
    compareSessions(baseline, candidate).metrics.find(({ id }) => id === 'requests/bytes');

  it('of two builds on two ports are the same requests', () => {
    const runs = (port: number, ms: number): Session[] =>
      around(ms, 8).map((each) => visit(port, each, 300));
    const { explanation } = compareSessions(runs(8000, 10), runs(8001, 30));
    expect(explanation).toMatchObject([
      { kind: 'request', id: '/data.bin', count: { baseline: 1, candidate: 1 } },
    ]);
    expect(explanation[0]?.difference).toBeCloseTo(20, 0);
  });

  it('that were under way at the end of one run leave the other runs comparable', () => {
    const baseline = [visit(8000, 10, 300), visit(8000, 10, null)];
    expect(bytes(baseline, [visit(8000, 10, 300)])).toMatchObject({ verdict: 'equal' });
    expect(bytes(baseline, [visit(8000, 10, 301)])).toMatchObject({
      verdict: 'larger',
      difference: 1,
    });
  });

  it('that were under way in all runs of a side cannot be compared by their bytes, and it says why', () => {
    expect(bytes([visit(8000, 10, 300)], [visit(8000, 10, null)])).toMatchObject({
      verdict: 'unknown',
      notes: [{ code: 'not measured' }],
    });
  });
});
