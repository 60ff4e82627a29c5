import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gallery } from './openGallery.ts';
import { openGallery } from './openGallery.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 60_000);
afterAll(() => gallery?.close());

/** What axe holds against the page, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}

describe.each(['light', 'dark'])('in the %s theme', (theme) => {
  test.each([
    'overview',
    'load',
    'crossings',
    'memory',
    'network',
    'flame',
  ])('the %s view has no violation', async (view) => {
    const page = await gallery.open({ theme });
    await page.click(`#tab-${view}`);
    await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test.each([
    ['load', 'Parts of the module'],
    ['crossings', 'Boundary functions'],
    ['network', 'Requests'],
  ])('the %s view with a selection has no violation', async (view, grid) => {
    const page = await gallery.open({ theme });
    await page.click(`#tab-${view}`);
    await (await page.waitForSelector(`[role=grid][aria-label="${grid}"]`))?.focus();
    await page.keyboard.press('End');
    await page.waitForSelector(`[aria-label="${grid}"] .row[aria-selected=true]`);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test('the flame view zoomed in has no violation', async () => {
    const page = await gallery.open({ theme });
    await page.click('#tab-flame');
    await (await page.waitForSelector('canvas[role=application]'))?.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.type('.flame-tools input', 'mesh');
    await page.waitForSelector('.flame-tools [role=status]');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test('the glossary has no violation', async () => {
    const page = await gallery.open({ theme });
    await page.click('.toolbar .help');
    await page.waitForSelector('.glossary[open]');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test.each([
    { sessions: 'none' },
    { sessions: 'plain' },
    { sessions: 'threads' },
    { recording: '' },
  ])('the panel with %j has no violation', async (options) => {
    const page = await gallery.open({ theme, ...options });
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
