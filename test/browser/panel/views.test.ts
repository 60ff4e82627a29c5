import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gallery } from './openGallery.ts';
import { openGallery } from './openGallery.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 60_000);
afterAll(() => gallery?.close());

async function openView(view: string, options: Record<string, string> = {}): Promise<Page> {
  const page = await gallery.open(options);
  await page.click(`#tab-${view}`);
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
  return page;
}

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, ({ textContent }) => textContent ?? '');
const selectedRow = (label: string): string => `[aria-label="${label}"] .row[aria-selected=true]`;

/** Whether an element is where a person sees it: within what scrolls, and on top. */
const inSight = (page: Page, selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => {
    const { left, top, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + 12, top + height / 2));
  });

async function press(
  page: Page,
  ...keys: Parameters<Page['keyboard']['press']>[0][]
): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

async function setRange(page: Page, to: string): Promise<void> {
  const [, field] = await page.$$('.range-field');
  await field?.click({ count: 3 });
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.range-fields.range-chip');
}

describe('Load', () => {
  test('arrow keys choose the module whose phases and bytes are shown', async () => {
    const page = await openView('load');
    expect(await text(page, '.module-details h2')).toContain('rapier.wasm');
    await page.focus('[aria-label=Modules]');
    await press(page, 'End');
    expect(await text(page, '.module-details h2')).toContain('esbuild.wasm');
    const phases = await page.$$eval('.phases tbody tr', (rows) =>
      rows.map((row) => [...row.children].slice(0, 3).map(({ textContent }) => textContent)),
    );
    expect(phases).toEqual([
      ['request', '0.48 s', '40.0 ms'],
      ['download', '0.52 s', '170 ms'],
      ['compile', '0.71 s', '110 ms'],
      ['instantiate', '0.82 s', '19.0 ms'],
      ['until first call', '0.84 s', '12.0 ms'],
    ]);
    const advice = await page.$$eval('.advice li .badge', (badges) =>
      badges.map(({ textContent }) => textContent),
    );
    expect(advice).toEqual([
      'not streamed: compiled from bytes',
      'compiled on the main thread',
      'over 5 MB',
    ]);
    await page.close();
  });

  test('a part selected in the treemap is also selected in the table', async () => {
    const page = await openView('load');
    await page.focus('.treemap [tabindex="0"]');
    await press(page, 'ArrowRight', 'ArrowRight');
    expect(await text(page, selectedRow('Parts of the module'))).toContain('data');
    expect(await page.$eval('.treemap :focus', (box) => (box as HTMLElement).title)).toContain(
      'data',
    );
    await page.click(`[aria-label="Parts of the module"] .row:nth-child(3)`);
    expect(await text(page, '.treemap [aria-pressed=true]')).toContain('world::step_0');
    await page.close();
  });

  test('every box of the treemap stays inside it', async () => {
    const page = await openView('load');
    const outside = await page.$eval('.treemap', (map) => {
      const area = map.getBoundingClientRect();
      return [...map.querySelectorAll('.part')].filter((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return (
          left < area.left - 1 ||
          right > area.right + 1 ||
          top < area.top - 1 ||
          bottom > area.bottom + 1
        );
      }).length;
    });
    expect(outside).toBe(0);
    await page.close();
  });

  test('within a range, only the modules loaded in it are listed', async () => {
    const page = await openView('load');
    await page.focus('[aria-label=Modules]');
    await press(page, 'End');
    await setRange(page, '0.4');
    expect(
      await page.$$eval('[aria-label=Modules] .row', (rows) =>
        rows.map((row) => row.firstElementChild?.textContent),
      ),
    ).toEqual(['rapier.wasm', 'sql-wasm.wasm']);
    expect(await text(page, '.module-details h2')).toContain('rapier.wasm');
    await page.close();
  });
});

describe('Crossings', () => {
  test('a function that was not measured shows the reason in place of figures', async () => {
    const page = await openView('crossings');
    await page.focus('[aria-label="Boundary functions"]');
    await press(page, 'End');
    const cells = await page.$$eval(`${selectedRow('Boundary functions')} td`, (all) =>
      all.map(({ textContent }) => textContent),
    );
    expect(cells).toEqual([
      'page_step',
      'JS → wasm',
      'not measured: its signature is not known',
      'rapier.wasm',
    ]);
    expect(await text(page, '.neighbours header')).toContain(
      'Its calls were not counted: its signature is not known.',
    );
    await page.close();
  });

  test('text and direction filter the list', async () => {
    const page = await openView('crossings');
    await page.type('[aria-label="Filter functions"]', 'hash');
    await page.select('[aria-label=Direction]', 'out');
    await page.waitForFunction(() =>
      /^[1-9] of 40 functions/.test(
        document.querySelector('.table-tools .dim:last-child')?.textContent ?? '',
      ),
    );
    expect(
      await page.$$eval('[aria-label="Boundary functions"] .row', (rows) =>
        rows.map((row) => [...row.children].slice(0, 2).map(({ textContent }) => textContent)),
      ),
    ).toEqual([
      ['env.row_hash', 'wasm → JS'],
      ['env.string_hash', 'wasm → JS'],
      ['env.world_hash', 'wasm → JS'],
    ]);
    await page.close();
  });

  test('selecting a callee scrolls to it in the list of all functions', async () => {
    const page = await openView('crossings');
    await page.focus('[aria-label="Boundary functions"]');
    await press(page, 'Home');
    await page.focus('[aria-label=Callees]');
    await press(page, 'End');
    const name = await text(page, '.neighbours header b');
    expect(await text(page, selectedRow('Boundary functions'))).toContain(name);
    expect(await inSight(page, selectedRow('Boundary functions'))).toBe(true);
    await page.close();
  });

  test('rows that are scrolled away do not cover the table’s head', async () => {
    const page = await openView('crossings');
    await page.focus('[aria-label="Boundary functions"]');
    await press(page, 'End');
    expect(await inSight(page, '[aria-label="Boundary functions"] th')).toBe(true);
    await page.close();
  });
});

describe('Network', () => {
  test('of 5,000 requests, only those in sight are in the document', async () => {
    const page = await openView('network', { sessions: 'large' });
    expect(await text(page, '.table-tools')).toContain('5,000 of 5,000 requests');
    expect(await page.$$eval('.row', ({ length }) => length)).toBeLessThan(80);
    await page.focus('[aria-label=Requests]');
    await press(page, 'End');
    expect(await inSight(page, selectedRow('Requests'))).toBe(true);
    await page.close();
  });

  test('the selected request shows phases, sizes and stream, and narrows all views', async () => {
    const page = await openView('network');
    await page.focus('[aria-label=Requests]');
    await press(page, 'ArrowDown');
    const details = await text(page, '.request-details');
    for (const part of [
      'GET https://demo.example/assets/mesh-0.bin',
      'queued',
      'TLS',
      'Connectionnew',
      'Gapslargest 31.0 ms, median 4.20 ms',
    ]) {
      expect(details).toContain(part);
    }
    await page.locator('.request-details button').click();
    await page.waitForSelector('.range-fields.range-chip');
    expect(await text(page, '.table-tools')).toContain(' of 60 requests');
    // The next one began while it was under way.
    expect(
      await page.$$eval('.row', (rows) => rows.map((row) => row.firstElementChild?.textContent)),
    ).toEqual(['mesh-0.bin', 'mesh-1.bin']);
    await page.close();
  });
});

describe('Flame', () => {
  const crumbs = (page: Page): Promise<string[]> =>
    page.$$eval('.crumbs button', (all) => all.map(({ textContent }) => textContent ?? ''));
  const canvasBox = async (page: Page): Promise<{ x: number; y: number; width: number }> => {
    const box = await (await page.waitForSelector('canvas[role=application]'))?.boundingBox();
    if (!box) throw new Error('no flame graph');
    return box;
  };

  test('arrow keys select one box after another, and each is described', async () => {
    const page = await openView('flame');
    await page.focus('canvas[role=application]');
    const said: string[] = [];
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp'] as const) {
      await press(page, key);
      said.push(await text(page, '.flame-status b'));
    }
    expect(said).toEqual([
      'collider_update',
      'mesh_free',
      'collider_update',
      'https://demo.example/physics/',
    ]);
    expect(await page.$eval('.flame-status', (status) => status.getAttribute('aria-live'))).toBe(
      'polite',
    );
    await page.close();
  });

  test('the zoom path is shown, and each of its steps zooms out', async () => {
    const page = await openView('flame');
    await page.focus('canvas[role=application]');
    await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
    const [all, caller, callee] = await crumbs(page);
    expect([all, caller]).toEqual(['All crossings', 'collider_update']);
    expect(callee).toBeTruthy();
    await page.locator('.crumbs li:nth-child(2) button').click();
    await page.waitForFunction(() => document.querySelectorAll('.crumbs button').length === 2);
    await page.focus('canvas[role=application]');
    await press(page, 'Backspace');
    expect(await crumbs(page)).toEqual(['All crossings']);
    await page.close();
  });

  test('the wheel zooms in at the pointer and out again', async () => {
    const page = await openView('flame');
    const { x, y } = await canvasBox(page);
    await page.mouse.move(x + 40, y + 27);
    for (let turn = 0; turn < 12; turn++) await page.mouse.wheel({ deltaY: -200 });
    await page.waitForFunction(() => document.querySelectorAll('.crumbs button').length > 1);
    expect((await crumbs(page))[1]).toBe('collider_update');
    for (let turn = 0; turn < 14; turn++) await page.mouse.wheel({ deltaY: 200 });
    await page.waitForFunction(() => document.querySelectorAll('.crumbs button').length === 1);
    await page.close();
  });

  test('a drag pans and selects nothing', async () => {
    const page = await openView('flame');
    const { x, y, width } = await canvasBox(page);
    await page.mouse.click(x + 40, y + 27);
    await page.waitForFunction(() => document.querySelectorAll('.crumbs button').length === 2);
    await page.mouse.move(x + width * 0.9, y + 27);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.1, y + 27, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(() => document.querySelectorAll('.crumbs button').length === 1);
    expect(await text(page, '.flame-status b')).toBe('collider_update');
    expect(await page.$('.flame-tools button:not(:disabled)')).not.toBeNull();
    await page.close();
  });

  test('the tip at the pointer shows a box’s figures with their intervals', async () => {
    const page = await openView('flame');
    const { x, y } = await canvasBox(page);
    await page.mouse.move(x + 40, y + 27);
    await page.waitForSelector('.flame-tip');
    const tip = await text(page, '.flame-tip');
    expect(tip).toContain('collider_update');
    expect(tip).toMatch(/total\d[\d.]* ± \d/);
    await page.mouse.move(x + 40, y + 400);
    await page.waitForFunction(() => !document.querySelector('.flame-tip'));
    await page.close();
  });

  test('a search shows the share of what it found', async () => {
    const page = await openView('flame');
    await page.type('[aria-label="Search functions"]', 'collider_update');
    await page.waitForFunction(() =>
      /^1 function, \d.* % of all time$/.test(
        document.querySelector('.flame-tools [role=status]')?.textContent ?? '',
      ),
    );
    await page.close();
  });

  test('boxes too narrow to draw are counted, and a click on them zooms in', async () => {
    const page = await openView('flame', { sessions: 'large' });
    const { x, y, width } = await canvasBox(page);
    await page.select('.flame-tools select', 'calls');
    let merged: number | null = null;
    // The widest come first, so that merged boxes stand at the right end of a row.
    for (let at = 0; at < width / 2 && merged === null; at += 1) {
      await page.mouse.move(x + at, y + 63);
      if (
        (await page.$eval('.flame-stage', ({ textContent }) => textContent ?? '')).includes(
          'too narrow to draw',
        )
      )
        merged = at;
    }
    expect(merged).not.toBeNull();
    await page.mouse.click(x + (merged ?? 0), y + 63);
    await page.waitForSelector('.flame-tools button:not(:disabled)');
    await page.close();
  });
});

describe('Realms', () => {
  test('a lane limits all views to its realm, and the picker shows all realms again', async () => {
    const page = await gallery.open({ sessions: 'threads' });
    const modules = (): Promise<string> =>
      page.$eval('.figures div:nth-child(2) dd', ({ textContent }) => textContent ?? '');
    expect(await modules()).toBe('12');
    await page.click('[aria-label^="Worker pthread-2"]');
    await page.waitForSelector('.realm-lanes', { hidden: true });
    expect(await modules()).toBe('3');
    await page.click('#tab-crossings');
    await page.waitForSelector('[aria-label="Boundary functions"]');
    expect(await text(page, '.table-tools .dim')).toContain('40 of 40 functions');
    await page.select('.realm-picker', 'all');
    await page.waitForFunction(() =>
      document.querySelector('.table-tools .dim')?.textContent?.includes('160 of 160 functions'),
    );
    await page.close();
  });

  test('with several realms, tables show the realm of each row', async () => {
    const page = await openView('memory', { sessions: 'threads' });
    const rows = await page.$$eval('[aria-label="Memory by realm"] .row td:first-child', (cells) =>
      cells.map(({ textContent }) => textContent),
    );
    expect(rows).toEqual([
      'Page physics',
      'Worker pthread-1',
      'Worker pthread-2',
      'Worker decoder',
    ]);
    await page.close();
  });

  test('a session with one realm has no picker', async () => {
    const page = await gallery.open();
    expect(await page.$('.realm-picker')).toBeNull();
    await page.close();
  });
});
