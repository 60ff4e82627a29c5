import type { Comparison } from '../src/analysis/compare/model.ts';
import type { Harness } from '../test/browser/harness.ts';
import type { Row } from './report.ts';
import { single } from './statistics.ts';
import { EXAMPLES } from './trials/changedExamples.ts';
import type { Example } from './trials/changedExamples.ts';
import { compareChange } from './trials/compareChange.ts';
import { turnsFor } from './trials/slowDown.ts';

// Builds with a known change: how often it is found, and named.

const COMPARISONS = 20;
const RUNS = 10;
/** Shares of the measured work, and how many comparisons must find them. */
const SLOW_DOWNS = [{ share: 0.05 }, { share: 0.1, least: 18 }, { share: 0.3, least: 20 }];

export async function benchChanged(harness: Harness): Promise<Row[]> {
  const turns = new Map<string, (share: number) => number>();
  for (const example of EXAMPLES) turns.set(example.name, await turnsFor(harness, example));
  const rows: Row[] = [];
  for (const { share, least } of SLOW_DOWNS) {
    const found = { function: 0, first: 0, work: 0 };
    for (let trial = 0; trial < COMPARISONS; trial++) {
      const example = EXAMPLES[trial % EXAMPLES.length] as Example;
      const slower = turns.get(example.name)?.(share) ?? 0;
      const name = `ab-${share * 100}-${example.name}-${trial}`;
      const comparison = await compareChange(example, { turns: slower }, RUNS, name);
      if (isSlower(comparison, new RegExp(`^crossings/${escaped(example.slowed)}/(self|perCall)$`))) found.function++;
      if (isSlower(comparison, /^(crossings\/all\/time|measure\/(?!load\/).*)$/)) found.work++;
      if (comparison.explanation.find(({ kind }) => kind === 'function')?.id === example.slowed) found.first++;
    }
    const group = `A/B: an import slower by ${share * 100} % of the measured work, ${COMPARISONS} comparisons of `
      + `${RUNS} runs a side`;
    const row = (what: string, count: number, bound: Partial<Row> = {}): Row =>
      ({ group, what, unit: 'comparisons', figure: single(count), ...bound });
    const bound = least === undefined ? {} : { least };
    rows.push(
      row('told that the function is slower', found.function, bound),
      row('the function stands first in the explanation', found.first, bound),
      row('told that all crossings together or a measure are slower', found.work),
    );
  }
  return rows;
}

const isSlower = ({ metrics }: Comparison, ids: RegExp): boolean =>
  metrics.some(({ id, verdict }) => verdict === 'slower' && ids.test(id));

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
