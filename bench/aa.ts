import { MEASURE_DURATION } from '../src/metrics/measureMetrics.ts';
import type { Harness } from '../test/browser/harness.ts';
import type { Row } from './report.ts';
import { figure, single } from './statistics.ts';
import { EXAMPLES, serveExample } from './trials/changedExamples.ts';
import { comparePages } from './trials/comparePages.ts';

// Builds compared with themselves: whatever is reported then is a false alarm.

const COMPARISONS = 20;
const RUNS = 10;
const GROUP = `A/A: ${COMPARISONS} comparisons of ${RUNS} runs a side, examples in turn`;

export async function benchSame(_: Harness): Promise<Row[]> {
  const timings: string[] = [];
  const exact: string[] = [];
  const widths: number[] = [];
  let judged = 0;
  for (let trial = 0; trial < COMPARISONS; trial++) {
    const example = EXAMPLES[trial % EXAMPLES.length] as (typeof EXAMPLES)[number];
    const site = await serveExample(example);
    try {
      const { metrics } = await comparePages(
        site.url,
        site.url,
        RUNS,
        `aa-${example.name}-${trial}`,
      );
      for (const {
        id,
        subject,
        quantity,
        kind,
        significant,
        verdict,
        noisy,
        interval,
        aliasOf,
      } of metrics) {
        // A figure that goes under two names is reported once.
        if (aliasOf !== null) continue;
        if (interval && subject.type === 'measure' && quantity === MEASURE_DURATION.quantity)
          widths.push((interval[1] / interval[0] - 1) * 50);
        if (kind === 'timed') judged++;
        if (significant)
          (kind === 'timed' ? timings : exact).push(`${example.name} ${id} ${verdict}`);
        else if (noisy) exact.push(`${example.name} ${id} differs between equal runs`);
      }
    } finally {
      await site.close();
    }
  }
  const row = (what: string, reported: readonly string[], limit: number): Row => ({
    group: GROUP,
    what: `${what}${reported.length > 0 ? ` (${reported.join('; ')})` : ''}`,
    unit: 'all together',
    figure: single(reported.length),
    limit,
  });
  return [
    row('timings reported to have changed', timings, 1),
    row('exact metrics that changed or differed between runs', exact, 0),
    { group: GROUP, what: 'timings looked at', unit: 'all together', figure: single(judged) },
    {
      group: GROUP,
      what: 'half the width of a measure’s interval',
      unit: '%',
      figure: figure(widths),
    },
  ];
}
