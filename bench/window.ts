import { validityOf } from '../src/analysis/validity/validityOf.ts';
import type { Session } from '../src/session/model.ts';
import type { Harness } from '../test/browser/harness.ts';
import { finished, inChromium } from '../test/extension/chromium.ts';
import { recordByExtension, recordInPanel } from '../test/extension/recorders.ts';
import type { Row } from './report.ts';
import { figure, interleave, pairwise, single } from './statistics.ts';
import { EXAMPLES, serveExample } from './trials/changedExamples.ts';
import { sumOfWork, workOf } from './workOf.ts';

// Recordings with DevTools closed and open, against the page's own measurement in a browser without
// the extension.

const ROUNDS = 15;
const WAYS = ['plain', 'closed', 'open'] as const;
type Way = (typeof WAYS)[number];

export async function benchWindow(_: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  for (const example of EXAMPLES) {
    const site = await serveExample(example);
    const tiers: Record<Way, string[]> = { plain: [], closed: [], open: [] };
    try {
      const times = await interleave(WAYS, ROUNDS, async (way) => {
        if (way === 'plain') return await plainly(site.url);
        const session = await (way === 'closed' ? withDevtoolsClosed : withDevtoolsOpen)(site.url);
        tiers[way].push(validityOf(session).tier.kind);
        return sumOfWork(session.spans.filter(({ kind }) => kind === 'measure'));
      });
      const group = `The page's own measures of ${example.name}, in a recording against without the extension`;
      const ratio = (way: Way) => pairwise(times[way], times.plain, (a, b) => a / b);
      const told = (way: Way, kind: string) =>
        single(tiers[way].filter((tier) => tier === kind).length);
      rows.push(
        {
          group,
          what: 'DevTools closed',
          unit: 'ratio',
          figure: ratio('closed'),
          native: figure(times.plain.map(() => 1)),
          limit: 1.1,
        },
        { group, what: 'DevTools open', unit: 'ratio', figure: ratio('open') },
        {
          group,
          what: `DevTools closed: told to be optimised, of ${ROUNDS}`,
          unit: 'recordings',
          figure: told('closed', 'optimised'),
          least: ROUNDS,
        },
        {
          group,
          what: `DevTools open: flagged as baseline, of ${ROUNDS}`,
          unit: 'recordings',
          figure: told('open', 'baseline'),
          least: ROUNDS,
        },
      );
    } finally {
      await site.close();
    }
  }
  return rows;
}

/** The same steps with the extension switched off, as a browser that has just started is slower. */
const plainly = (url: string): Promise<number> =>
  inChromium(async (chromium) => {
    await chromium.enableExtension(false);
    const page = await chromium.browser.newPage();
    await page.goto(new URL('/nothing-here', url).href);
    await chromium.browser.newPage();
    await page.bringToFront();
    await page.reload();
    await page.goto(url);
    await finished(page);
    return await workOf(page);
  });

const withDevtoolsClosed = (url: string): Promise<Session> =>
  inChromium((chromium) => recordByExtension(chromium, url));

const withDevtoolsOpen = (url: string): Promise<Session> =>
  inChromium(async (chromium) => {
    await recordInPanel(await chromium.openPage(url));
    const driver = await chromium.openDriver();
    const [info] = await driver.sessions();
    return await driver.session(info?.id ?? '');
  });
