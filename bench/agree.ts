import { compareSessions } from '../src/compare/compareSessions.ts';
import { refusalsOf } from '../src/compare/refusalsOf.ts';
import type { Session } from '../src/session/model.ts';
import type { Harness } from '../test/browser/harness.ts';
import { inChromium } from '../test/extension/chromium.ts';
import { recordByCommandLine, recordByExtension } from '../test/extension/recorders.ts';
import type { Row } from './report.ts';
import { single } from './statistics.ts';
import { EXAMPLES, serveExample } from './trials/changedExamples.ts';

// The command line and the extension on the same examples: the same counts, and times that do not
// differ.

const RUNS = 6;
/** Functions that take less do not matter to an app, ms. */
const LEAST_TIME = 1;

export async function benchAgree(_: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  for (const example of EXAMPLES) {
    const site = await serveExample(example);
    try {
      const [line, extension] = await recordInTurn(site.url);
      rows.push(...rowsOf(example.name, line, extension));
    } finally {
      await site.close();
    }
  }
  return rows;
}

/** A B B A …, one browser at a time. */
async function recordInTurn(url: string): Promise<[line: Session[], extension: Session[]]> {
  const sides: { line: Session[]; extension: Session[] } = { line: [], extension: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const side of run % 2 === 0
      ? (['line', 'extension'] as const)
      : (['extension', 'line'] as const)) {
      sides[side].push(
        side === 'line'
          ? await recordByCommandLine(url)
          : await inChromium((chromium) => recordByExtension(chromium, url)),
      );
    }
  }
  return [sides.line, sides.extension];
}

function rowsOf(name: string, line: readonly Session[], extension: readonly Session[]): Row[] {
  const group = `Command line and extension, ${name}, ${RUNS} runs each in turn`;
  const { metrics } = compareSessions(line, extension, { refused: refusalsOf(line, extension) });
  const counts = metrics.filter(
    ({ group, quantity }) => group === 'crossings' && quantity === 'calls',
  );
  const times = metrics.filter(
    ({ id, baseline }) =>
      /^crossings\/.*\/(self|total)$/.test(id) && (baseline?.median ?? 0) >= LEAST_TIME,
  );
  const holds = times.filter(({ interval }) => interval && interval[0] <= 1 && interval[1] >= 1);
  const row = (what: string, value: number, bound: Partial<Row> = {}): Row => ({
    group,
    what,
    unit: 'all together',
    figure: single(value),
    ...bound,
  });
  return [
    row(
      'counts of boundary functions that differ',
      counts.filter(({ verdict }) => verdict !== 'equal').length,
      { limit: 0 },
    ),
    row('counts compared', counts.length, { least: 1 }),
    row('times reported to differ', times.filter(({ significant }) => significant).length, {
      limit: 0,
    }),
    row('times whose interval of the ratio holds 1', holds.length),
    row('times compared, of 1 ms and more', times.length, { least: 1 }),
  ];
}
