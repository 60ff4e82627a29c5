import { describe, expect, it } from 'vitest';
import { budgetLine, budgetText } from '../../../src/text/budgetText.ts';
import { judged, run } from '../budgets/runs.ts';

const textOf = (...args: Parameters<typeof judged>) => {
  const result = judged(...args);
  if (!result) throw new Error('There is no result.');
  return budgetText(result);
};

describe('the text of a budget', () => {
  it('says by how much a figure is over its limit', () => {
    expect(textOf({ 'measure parse': '16 ms' }, [run()])).toEqual({
      shown: '20.0 ms',
      limit: 'at most 16.0 ms',
      why: '+25 % over the limit',
    });
  });

  it('names the least that is allowed', () => {
    expect(textOf({ 'speed-up of parse over parse-js': 4 }, [run()]).limit).toBe('at least 4.00×');
  });

  it('says by which factor a speed-up was missed', () => {
    expect(textOf({ 'speed-up of parse over parse-js': 30 }, [run()]).why).toContain(
      'short of the limit by a factor of 10',
    );
  });

  it('gives the figure itself where nothing is allowed', () => {
    expect(textOf({ 'calls of env.read': 0 }, [run()]).why).toBe('100 over the limit');
  });

  it('gives a factor of the limit from twice the limit on', () => {
    expect(textOf({ 'measure parse': '5 ms' }, [run()]).why).toBe('4.0× the limit');
  });

  it('counts the runs', () => {
    expect(textOf({ 'measure parse': '16 ms' }, [run(), run()]).why).toBe(
      '+25 % over the limit, 2 runs',
    );
  });

  it('gives the baseline, the change and its interval', () => {
    const runs = [1, 2, 3, 4, 5].map((step) => run({ parse: 20 + step / 10 }));
    expect(textOf({ 'measure parse': { increase: '10 %' } }, runs, runs)).toMatchObject({
      limit: 'at most 22.3 ms (baseline 20.3 ms)',
      why: expect.stringMatching(/^0 % from the baseline, 99.98 % interval −.* % to \+.* %$/),
    });
  });

  it('says what an interval does not rule out', () => {
    const candidate = [7.9, 7.6, 9.1, 6.6, 8.4].map((parse) => run({ parse }));
    const baseline = [12.4, 11.6, 4.7, 7, 7.9].map((parse) => run({ parse }));
    expect(textOf({ 'measure parse': { increase: '10 %' } }, candidate, baseline).why).toMatch(
      /99\.98 % interval .*: a larger change than allowed is not ruled out$/,
    );
  });

  it('says how many runs are needed', () => {
    const budget = { 'measure parse': { increase: '10 %' } };
    expect(textOf(budget, [run({ parse: 26 })], [run()]).why).toContain('at least 5 per side');
  });
});

describe('the line of a budget', () => {
  it('joins figure, limit and reason', () => {
    const result = judged({ 'measure parse': '16 ms' }, [run()]);
    expect(result && budgetLine(result)).toBe('20.0 ms, at most 16.0 ms: +25 % over the limit');
  });
});
