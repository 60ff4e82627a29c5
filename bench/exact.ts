import type { Harness } from '../test/browser/harness.ts';
import type { Row } from './report.ts';
import { single } from './statistics.ts';
import type { Example } from './trials/changedExamples.ts';
import { EXAMPLES } from './trials/changedExamples.ts';
import { compareChange } from './trials/compareChange.ts';

// A build with one crossing, one page of memory and one byte of module more: found always, and as
// that much.

const COMPARISONS = 20;
const RUNS = 2;
const WANTED = [
  { what: 'one crossing more', metric: 'crossings/all/calls', by: 1 },
  { what: 'one page of memory more', metric: 'memory/all/peak', by: 65536 },
  { what: 'one byte of module more', metric: 'module/sql-wasm-browser.wasm/bytes', by: 1 },
];

export async function benchExact(_: Harness): Promise<Row[]> {
  const found = WANTED.map(() => 0);
  for (let trial = 0; trial < COMPARISONS; trial++) {
    const change = { crossing: true, page: true, byte: true };
    const { metrics } = await compareChange(EXAMPLES[0] as Example, change, RUNS, `exact-${trial}`);
    WANTED.forEach(({ metric, by }, at) => {
      const told = metrics.find(({ id }) => id === metric);
      if (told?.worse && told.difference === by) found[at] = (found[at] ?? 0) + 1;
    });
  }
  return WANTED.map(({ what }, at) => ({
    group: `A/B: exact changes, ${COMPARISONS} comparisons of ${RUNS} runs a side`,
    what: `${what}, found`,
    unit: 'comparisons',
    figure: single(found[at] ?? 0),
    least: COMPARISONS,
  }));
}
