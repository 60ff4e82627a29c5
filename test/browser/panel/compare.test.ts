import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gallery } from './openGallery.ts';
import { openGallery } from './openGallery.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PARTS = ['metrics', 'why', 'time', 'crossings', 'flame'];

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 60_000);
afterAll(() => gallery?.close());

async function openCompare(options: Record<string, string> = { sessions: 'runs' }): Promise<Page> {
  const page = await gallery.open(options);
  await page.click('#tab-compare');
  await page.waitForSelector('.compare, .empty');
  return page;
}

/** All runs of one build on each side. */
async function chooseAll(page: Page): Promise<void> {
  for (const [place, name] of [
    [0, 'Before'],
    [1, 'After'],
  ] as const) {
    await page.$$eval(
      '.side',
      (sides, at, wanted) => {
        for (const label of sides[at]?.querySelectorAll('label') ?? []) {
          const box = label.querySelector('input');
          if (label.textContent?.includes(wanted) && box && !box.checked) box.click();
        }
      },
      place,
      name,
    );
    await page.waitForFunction(
      (at) => document.querySelectorAll('.side legend')[at]?.textContent?.includes('4 sessions'),
      {},
      place,
    );
  }
  await page.waitForFunction(() =>
    document.querySelector('.compare-parts')?.textContent?.includes('4 runs against 4'),
  );
}

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, ({ textContent }) => textContent ?? '');

async function openPart(page: Page, part: string): Promise<void> {
  // Once the sessions are read and compared.
  await (await page.waitForSelector(`#tab-compare-${part}`))?.click();
  await page.waitForSelector(`#tab-compare-${part}[aria-selected=true]`);
}

describe('Compare', () => {
  test('the next older session is the baseline', async () => {
    const page = await openCompare();
    const chosen = await page.$$eval('.side', (sides) =>
      sides.map(
        (side) =>
          [...side.querySelectorAll('label')].find((label) => label.querySelector('input')?.checked)
            ?.textContent,
      ),
    );
    expect(chosen[0]).toContain('Before, run 4');
    expect(chosen[1]).toContain('After, run 4');
    await page.close();
  });

  test('changed metrics come first in the table, with a verdict', async () => {
    const page = await openCompare();
    await chooseAll(page);
    await page.focus('[role=grid][aria-label=Metrics]');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('[aria-label=Metrics] .row[aria-selected=true]');
    const row = await text(page, '[aria-label=Metrics] .row[aria-selected=true]');
    expect(row).toMatch(/slower|more|larger/);
    expect(await text(page, '.compare-metrics .flame-status')).toContain('in 4 runs');
    await page.close();
  });

  test('with one run per side, a note says that its variation is unknown', async () => {
    const page = await openCompare();
    await page.waitForSelector('.compare-notes');
    expect(await text(page, '.compare-notes')).toContain('Fewer than 5 runs');
    await page.close();
  });

  test('a side without a session asks for one', async () => {
    const page = await openCompare();
    await page.$$eval('.side input:checked', ([first]) => (first as HTMLInputElement).click());
    await page.waitForFunction(
      () =>
        document.querySelector('.compare .empty h2')?.textContent ===
        'Choose the sessions to compare',
    );
    await page.close();
  });

  test('the chosen sides stay when another session is selected', async () => {
    const page = await openCompare();
    await chooseAll(page);
    await page.click('.session-open:not([aria-current=true])');
    await page.waitForFunction(() =>
      document.querySelector('.compare-parts')?.textContent?.includes('4 runs against 4'),
    );
    expect(
      await page.$$eval('.side legend', (legends) => legends.map(({ textContent }) => textContent)),
    ).toEqual(['Baseline: 4 sessions', 'Candidate: 4 sessions']);
    await page.close();
  });

  test('the crossing table shows both sides and the difference', async () => {
    const page = await openCompare();
    await chooseAll(page);
    await openPart(page, 'crossings');
    expect(await text(page, '[aria-label="Crossings compared"] .row')).toMatch(/→.*\+.*ms/);
    await page.close();
  });

  test('the series of both sides are drawn over each other', async () => {
    const page = await openCompare();
    await openPart(page, 'time');
    await page.waitForSelector('[aria-label="Linear memory, both sides"] canvas');
    await page.close();
  });

  test('arrow keys select boxes of the flame graph, Enter zooms in, Escape zooms out', async () => {
    const page = await openCompare();
    await openPart(page, 'flame');
    await page.focus('.diff-box');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const label = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (wanted) => document.querySelector('.diff-box')?.textContent === wanted,
      {},
      label,
    );
    await page.keyboard.press('Escape');
    await page.waitForFunction(
      () => document.querySelector('.diff-box')?.textContent === 'All crossings',
    );
    await page.close();
  });

  test.each(['light', 'dark'])('no part has a violation in the %s theme', async (theme) => {
    const page = await openCompare({ sessions: 'runs', theme });
    await chooseAll(page);
    await page.evaluate(AXE);
    for (const part of PARTS) {
      await openPart(page, part);
      const results = (await page.evaluate('axe.run()')) as AxeResults;
      expect(
        results.violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html }) => `${part} ${id}: ${html.slice(0, 160)}`),
        ),
      ).toEqual([]);
    }
    await page.close();
  });
});
