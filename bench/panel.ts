import type { Page } from 'puppeteer-core';
import { openGallery } from '../test/browser/panel/openGallery.ts';
import type { Row } from './report.ts';
import { figure } from './statistics.ts';

// The panel on a made-up session of ten minutes, 500 functions, 5,000 requests and 100,000 tree
// nodes.

const OPENINGS = 5;
const ROUNDS = 3;

const IN_PAGE = `
  globalThis.frames_ = (n) => new Promise((done) => {
    const frame = () => (n-- > 0 ? requestAnimationFrame(frame) : done());
    frame();
  });
  globalThis.until_ = async (condition) => { while (!condition()) await frames_(1); };
  globalThis.watch_ = () => {
    let longest = 0, last = performance.now(), on = true;
    const frame = () => {
      const time = performance.now();
      longest = Math.max(longest, time - last);
      last = time;
      if (on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    globalThis.watched_ = () => { on = false; return longest; };
  };
  globalThis.open_ = (name) => [...document.querySelectorAll('.session-open')].find(({ textContent }) => textContent.includes(name)).click();
`;

/** From the click in the list until the first frame after the overview was drawn. */
const OPEN = `(async () => {
  open_('Import of 500 rows');
  await until_(() => document.querySelector('[role=tabpanel]') && document.querySelector('.session-open[aria-current=true]').textContent.includes('Import'));
  await frames_(10);
  const before = performance.now();
  open_('Physics demo');
  await frames_(1);
  await until_(() => document.querySelector('[role=tabpanel] canvas'));
  await frames_(1);
  return performance.now() - before;
})()`;

/** What a person does, and with which view. */
const ACTIONS: { what: string; view: string; act(page: Page): Promise<void> }[] = [
  {
    what: 'scrolling the requests',
    view: 'network',
    act: (page) => wheel(page, '[role=tabpanel] .table-scroll'),
  },
  {
    what: 'scrolling the crossings',
    view: 'crossings',
    act: (page) => wheel(page, '[role=tabpanel] .table-scroll'),
  },
  {
    what: 'selecting functions',
    view: 'crossings',
    async act(page) {
      await page.focus('[role=tabpanel] [role=grid]');
      for (let row = 0; row < 10; row++) {
        await page.keyboard.press('ArrowDown');
        await page.evaluate('frames_(3)');
      }
    },
  },
  {
    what: 'selecting a range and going through the views',
    view: 'overview',
    act: (page) => drag(page, '[role=tabpanel] .u-over'),
  },
  {
    what: 'zooming the flame graph',
    view: 'flame',
    async act(page) {
      await page.focus('[role=tabpanel] canvas');
      for (const key of [
        'ArrowDown',
        'Enter',
        'ArrowDown',
        'Enter',
        'ArrowDown',
        'Enter',
        'Escape',
      ] as const) {
        await page.keyboard.press(key);
        await page.evaluate('frames_(3)');
      }
    },
  },
];

async function wheel(page: Page, selector: string): Promise<void> {
  const element = await page.$(selector);
  const box = await element?.boundingBox();
  if (!box) throw new Error(`There is no ${selector}.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < 20; turn++) {
    await page.mouse.wheel({ deltaY: 600 });
    await page.evaluate('frames_(2)');
  }
  if (await page.$eval(selector, (scrolled) => scrolled.scrollTop === 0))
    throw new Error(`${selector} does not scroll.`);
  await page.$eval(selector, (scrolled) => scrolled.scrollTo(0, 0));
}

async function drag(page: Page, selector: string): Promise<void> {
  const element = await page.$(selector);
  const box = await element?.boundingBox();
  if (!box) throw new Error(`There is no ${selector}.`);
  await page.mouse.move(box.x + box.width * 0.2, box.y + 20);
  await page.mouse.down();
  for (let step = 3; step <= 6; step++) {
    await page.mouse.move(box.x + (box.width * step) / 10, box.y + 20);
    await page.evaluate('frames_(2)');
  }
  await page.mouse.up();
  // Fails where nothing was selected.
  await page.waitForSelector('.range-fields.range-chip');
  for (const view of ['crossings', 'flame', 'network', 'overview']) {
    await page.click(`#tab-${view}`);
    await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
    await page.evaluate('frames_(5)');
  }
  await page.keyboard.press('Escape');
  await page.waitForSelector('.range-fields:not(.range-chip)');
  await page.evaluate('frames_(5)');
}

/** Opening, and the longest frame during each action. */
export async function benchPanel(): Promise<Row[]> {
  const group = 'Panel: ten minutes, 500 functions, 5,000 requests, 100,000 nodes';
  const gallery = await openGallery();
  try {
    const page = await gallery.open({ sessions: 'large' });
    await page.evaluate(IN_PAGE);
    const openings: number[] = [];
    for (let round = 0; round < OPENINGS; round++)
      openings.push((await page.evaluate(OPEN)) as number);
    const rows: Row[] = [
      { group, what: 'opening it', unit: 'ms', figure: figure(openings), limit: 1000 },
    ];
    for (const { what, view, act } of ACTIONS) {
      await page.click(`#tab-${view}`);
      await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
      await page.evaluate('frames_(30)');
      const longest: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await page.evaluate('watch_()');
        await act(page);
        longest.push((await page.evaluate('watched_()')) as number);
      }
      rows.push({
        group,
        what: `longest frame, ${what}`,
        unit: 'ms',
        figure: figure(longest),
        limit: 50,
      });
    }
    return rows;
  } finally {
    await gallery.close();
  }
}
