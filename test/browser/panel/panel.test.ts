import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Gallery } from './openGallery.ts';
import { openGallery } from './openGallery.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 60_000);
afterAll(() => gallery?.close());

const names = (page: Page): Promise<string[]> =>
  page.$$eval('.session-open strong', (all) => all.map(({ textContent }) => textContent ?? ''));
const chip = (page: Page): Promise<boolean> =>
  page.$eval('.range-fields', (fields) => fields.classList.contains('range-chip'));

test('arrow keys switch between the views', async () => {
  const page = await gallery.open();
  await page.focus('#tab-overview');
  await page.keyboard.press('ArrowRight');
  expect(
    await page.$eval('[role=tabpanel]', (panel) => panel.getAttribute('aria-labelledby')),
  ).toBe('tab-load');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-compare');
  await page.close();
});

test('a deleted session comes back with Undo', async () => {
  const page = await gallery.open();
  await page.waitForSelector('[aria-label="Delete Import of 500 rows"]');
  await page.click('[aria-label="Delete Import of 500 rows"]');
  const undo = await page.waitForSelector('.toast button');
  expect(await names(page)).toEqual(['Physics demo, before']);
  await undo?.click();
  await page.waitForFunction(() => document.querySelectorAll('.session-open').length === 2);
  expect(await names(page)).toEqual(['Physics demo, before', 'Import of 500 rows']);
  await page.close();
});

test('after a deletion by keyboard, Enter brings the session back', async () => {
  const page = await gallery.open();
  await page.focus('[aria-label="Delete Import of 500 rows"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.toast button:focus');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.session-open').length === 2);
  await page.close();
});

test('docked beside a page, the panel shows all its tabs and buttons', async () => {
  const page = await gallery.open({ devtools: '' }, { width: 560, height: 800 });
  const outside = await page.$$eval(
    '[role=tab], .toolbar button, .session-bar > *, .session-open',
    (all) =>
      all
        .filter((element) => element.getBoundingClientRect().right > innerWidth)
        .map(({ textContent }) => textContent),
  );
  expect(outside).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(560);
  await page.close();
});

test.each([
  'load',
  'crossings',
  'memory',
  'network',
  'compare',
])('no figure or head of the %s view is cut off', async (view) => {
  const page = await gallery.open(
    { sessions: view === 'compare' ? 'runs' : 'large' },
    { width: 1180, height: 760 },
  );
  await page.click(`#tab-${view}`);
  await page.waitForSelector(`[aria-labelledby=tab-${view}] .number`);
  const cut = await page.$$eval(
    '.table .number, .table .head button, .table td:has(> .swatch)',
    (all) =>
      all
        .filter((cell) => cell.scrollWidth > cell.clientWidth)
        .map(({ textContent }) => textContent),
  );
  expect(cut).toEqual([]);
  await page.close();
});

test('a new name shows in the list', async () => {
  const page = await gallery.open();
  await page.click('input[name=name]', { count: 3 });
  await page.keyboard.type('Physics demo, after');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.querySelector('.session-open strong')?.textContent === 'Physics demo, after',
  );
  await page.close();
});

test('Escape restores the old name', async () => {
  const page = await gallery.open();
  await page.click('input[name=name]', { count: 3 });
  await page.keyboard.type('Mistyped');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement === document.body);
  expect(await page.$eval('input[name=name]', (input) => (input as HTMLInputElement).value)).toBe(
    'Physics demo, before',
  );
  expect(await names(page)).toContain('Physics demo, before');
  await page.close();
});

test('leaving the export menu by keyboard closes it', async () => {
  const page = await gallery.open();
  await page.click('.session-bar .menu button');
  await page.waitForSelector('[role=menuitem]:focus');
  await page.keyboard.down('Shift');
  for (let step = 0; step < 2; step++) await page.keyboard.press('Tab');
  await page.keyboard.up('Shift');
  await page.waitForFunction(() => !document.querySelector('[role=menu]:popover-open'));
  await page.close();
});

test('dragging over a chart selects a range for all views, Escape clears it', async () => {
  const page = await gallery.open();
  const over = await page.waitForSelector('.u-over');
  const box = await over?.boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.waitForSelector('.range-fields.range-chip');
  const fields = await page.$$eval('.range-field', (all) =>
    all.map((field) => Number((field as HTMLInputElement).value)),
  );
  expect(fields[0]).toBeCloseTo(6, 0);
  expect(fields[1]).toBeCloseTo(15, 0);
  await page.click('#tab-memory');
  expect(await page.$eval('[role=tabpanel]', (panel) => panel.textContent)).toContain(
    'in the selected range',
  );
  await page.keyboard.press('Escape');
  await page.waitForSelector('.range-fields:not(.range-chip)');
  await page.close();
});

test('a range can be typed, and a double click clears it', async () => {
  const page = await gallery.open();
  await page.click('.range-field', { count: 3 });
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.range-fields.range-chip');
  const over = await page.waitForSelector('.u-over');
  await over?.click({ count: 2 });
  await page.waitForSelector('.range-fields:not(.range-chip)');
  expect(await chip(page)).toBe(false);
  await page.close();
});

test('a file that is not a session is rejected with a message', async () => {
  const page = await gallery.open({ sessions: 'none' });
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"frames":[]}'], 'profile.json'));
    document
      .querySelector('.app')
      ?.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
  });
  const notice = await page.waitForSelector('.notice.bad');
  expect(await notice?.evaluate(({ textContent }) => textContent)).toContain(
    'profile.json was not imported. This JSON is not a Wasmscope session.',
  );
  await page.close();
});

test('a refused recording is explained', async () => {
  const page = await gallery.open();
  await page.locator('button ::-p-text(Record without reloading)').click();
  const notice = await page.waitForSelector('.notice.bad');
  expect(await notice?.evaluate(({ textContent }) => textContent)).toContain(
    'The gallery cannot record.',
  );
  await page.close();
});

test('a running recording is followed until Stop', async () => {
  const page = await gallery.open({ recording: '' });
  await page.waitForSelector('.elapsed');
  await page.locator('button ::-p-text(Stop)').click();
  await page.waitForFunction(() => !document.querySelector('.elapsed'));
  await page.waitForFunction(() => !document.querySelector('.badge.bad'));
  await page.close();
});

test('a session recorded with DevTools open says that its times are too long', async () => {
  const page = await gallery.open();
  await page.locator('.session-open ::-p-text(Import of 500 rows)').click();
  await page.waitForFunction(() =>
    document.querySelector('.notices')?.textContent?.includes('about 9 times too long'),
  );
  await page.close();
});

test('the flame graph is drawn, and zooms by keyboard and mouse', async () => {
  const page = await gallery.open();
  await page.click('#tab-flame');
  const canvas = await page.waitForSelector('canvas[role=application]');
  const painted = (): Promise<number> =>
    page.evaluate(() => {
      const element = document.querySelector('canvas[role=application]') as HTMLCanvasElement;
      const pixels =
        element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? [];
      let count = 0;
      for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) count++;
      return count;
    });
  await expect.poll(painted).toBeGreaterThan(10_000);
  await canvas?.focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() =>
    document.querySelector('.flame-status')?.textContent?.includes('calls'),
  );
  await page.keyboard.press('Enter');
  await page.waitForSelector('.flame-tools button:not(:disabled)');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.flame-tools button:disabled');
  await canvas?.click({ offset: { x: 30, y: 27 } });
  await page.waitForSelector('.flame-tools button:not(:disabled)');
  await page.close();
});

test('the mark in a column’s head opens the glossary at its term', async () => {
  const page = await gallery.open();
  await page.click('#tab-crossings');
  await (await page.waitForSelector('[aria-label="Explain Self time"]'))?.click();
  const current = await page.waitForSelector('.glossary[open] [aria-current=true]');
  expect(await current?.evaluate(({ textContent }) => textContent)).toMatch(/^Self time/);
  await page.close();
});

test('Escape closes the glossary and keeps the selected range', async () => {
  const page = await gallery.open();
  await page.click('.range-field', { count: 3 });
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.range-fields.range-chip');
  await page.click('.toolbar .help');
  await page.waitForSelector('.glossary[open]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.glossary', { hidden: true });
  expect(await chip(page)).toBe(true);
  await page.close();
});

test('the glossary opens again by the same link', async () => {
  const page = await gallery.open();
  for (let turn = 0; turn < 2; turn++) {
    await page.click('.toolbar .help');
    await page.waitForSelector('.glossary[open]');
    await page.click('.glossary header button');
    await page.waitForSelector('.glossary', { hidden: true });
  }
  await page.close();
});

test('an export is written to the downloads where the page may not ask for a file', async () => {
  const page = await gallery.open();
  const name = await page.evaluate(async () => {
    Object.assign(window, { showSaveFilePicker: undefined });
    const clicked = new Promise<string>((resolve) => {
      HTMLAnchorElement.prototype.click = function click() {
        void fetch(this.href)
          .then((file) => file.text())
          .then((text) => resolve(`${this.download} ${text.slice(0, 29)}`));
      };
    });
    (document.querySelector('.session-bar .menu button') as HTMLElement).click();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    (document.querySelector('[role=menuitem][data-id=json]') as HTMLElement).click();
    return await clicked;
  });
  expect(name).toBe(
    'Physics-demo-before-2026-11-23T1054.wasmscope.json {"format":"wasmscope-session"',
  );
  await page.close();
});
