import type { Comparison } from '../src/compare/model.ts';
import type { MetricSubject } from '../src/metrics/metricsOf.ts';
import type { Harness } from '../test/browser/harness.ts';
import type { Row } from './report.ts';
import { single } from './statistics.ts';
import type { Example } from './trials/changedExamples.ts';
import { EXAMPLES } from './trials/changedExamples.ts';
import { compareChange } from './trials/compareChange.ts';
import { turnsFor } from './trials/slowDown.ts';

// Builds with a known change: how often it is found, and named.

const COMPARISONS = 20;
const RUNS = 10;
/**
 * A bench with an import that is slower by a share of the example's measured work.
 * @param share e.g. 0.1
 * @param least so many of the comparisons must find it
 */
export const benchSlower =
  (share: number, least?: number) =>
  async (harness: Harness): Promise<Row[]> => {
    const turns = new Map<string, number>();
    for (const example of EXAMPLES)
      turns.set(example.name, (await turnsFor(harness, example))(share));
    const found = { function: 0, first: 0, work: 0 };
    for (let trial = 0; trial < COMPARISONS; trial++) {
      const example = EXAMPLES[trial % EXAMPLES.length] as Example;
      const name = `ab-${share * 100}-${example.name}-${trial}`;
      const comparison = await compareChange(
        example,
        { turns: turns.get(example.name) ?? 0 },
        RUNS,
        name,
      );
      if (isSlower(comparison, (subject) => nameOf(subject) === example.slowed)) found.function++;
      if (isSlower(comparison, isWork)) found.work++;
      if (comparison.explanation.find(({ kind }) => kind === 'function')?.id === example.slowed)
        found.first++;
    }
    const row = (what: string, count: number, bound: Partial<Row> = {}): Row => ({
      group: `A/B: an import slower by ${share * 100} % of the measured work, ${COMPARISONS} comparisons of ${RUNS} runs a side`,
      what,
      unit: 'comparisons',
      figure: single(count),
      ...bound,
    });
    const bound = least === undefined ? {} : { least };
    return [
      row('reported that the function is slower', found.function, bound),
      row('the function stands first in the explanation', found.first, bound),
      row('reported that all crossings together or a measure are slower', found.work),
    ];
  };

const isSlower = ({ metrics }: Comparison, isMeant: (subject: MetricSubject) => boolean): boolean =>
  metrics.some(({ subject, verdict }) => verdict === 'slower' && isMeant(subject));

const nameOf = (subject: MetricSubject): string | null =>
  subject.type === 'function' ? `${subject.module}/${subject.name}` : null;

/** All crossings, or a measure of the example's work. */
const isWork = (subject: MetricSubject): boolean =>
  subject.type === 'crossings' || (subject.type === 'measure' && subject.name !== 'load');
