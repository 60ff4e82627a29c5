import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exporter, openPanel, pressRecord, pressStop } from '../../scripts/panel.mjs';
import { serve } from '../../scripts/serve.mjs';
import type { Session } from '../../src/session/model.ts';
import type { Counted } from '../browser/harness.ts';
import { callsOf } from '../browser/harness.ts';
import type { Chromium } from './chromium.ts';
import { openChromium, reloading } from './chromium.ts';
import { readFile } from './readFile.ts';

// From end to end: each example is recorded in real DevTools by the panel's own buttons, and its
// exports are read back by what they are for. Closures that count beside the agent in the page tell
// the true counts.

const repository = new URL('../../', import.meta.url);
const read = (path: string): Buffer => readFileSync(new URL(path, repository));

const EXAMPLES = [
  { name: 'sqljs', module: 'node_modules/sql.js/dist/sql-wasm-browser.wasm' },
  { name: 'esbuild', module: 'node_modules/esbuild-wasm/esbuild.wasm' },
  { name: 'rapier', module: 'node_modules/@dimforge/rapier3d-compat/dist/rapier_wasm3d_bg.wasm' },
];

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serve>>;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wasmscope-'));
  const counter = read('test/fixtures/countCrossings.js');
  const routes = Object.fromEntries(
    EXAMPLES.map(({ name }) => [
      `/${name}/`,
      (
        _: unknown,
        response: { writeHead(status: number, headers: object): { end(body: string): void } },
      ) => {
        const html = read(`examples/${name}/index.html`)
          .toString()
          .replace('<head>', `<head><script>${counter}</script>`);
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
      },
    ]),
  );
  site = await serve({ root: fileURLToPath(new URL('examples', repository)), routes } as Parameters<
    typeof serve
  >[0]);
  chromium = await openChromium();
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
  rmSync(folder, { recursive: true });
});

describe.each(EXAMPLES)('$name, recorded in DevTools', ({ name, module }) => {
  let session: Session;
  /** What the closures counted while the page was recorded, and after Stop. */
  let before: Counted;
  let after: Counted;
  /** The session's exports, by format. */
  const files = new Map<string, string>();

  beforeAll(async () => {
    const page = await chromium.openPage(`${site.url}${name}/?work=short`);
    const { panel } = await openPanel(page);
    await reloading(page, () => pressRecord(panel));
    before = await counts(page);
    await pressStop(panel);
    after = await counts(page);
    const exportAs = await exporter(chromium.browser, folder);
    for (const format of ['json', 'csv', 'folded-calls', 'speedscope'])
      files.set(format, await exportAs(panel, format));
    session = await readFile(fileOf('json'));
    await page.close();
  });

  const fileOf = (format: string): string => {
    const file = files.get(format);
    if (file === undefined) throw new Error(`Nothing was exported as ${format}.`);
    return file;
  };
  const allCalls = (): number => {
    const recorded = callsOf(session);
    return total(recorded.in) + total(recorded.out);
  };

  test('has as many calls of each export as the closures counted', () => {
    expect(Object.keys(before.in).length).toBeGreaterThan(2);
    // A page that rests has one count; Go's timers tick on between the two.
    between(callsOf(session).in, before.in, after.in);
  });

  test('has as many calls of each import as the closures counted', () => {
    between(callsOf(session).out, before.out, after.out);
  });

  test('has the size of the module', () => {
    expect(session.modules[0]?.bytes).toBe(read(module).length);
  });

  test('has the pages of each memory at the end', () => {
    const pages = session.memories.map(
      ({ initialPages }, memory) =>
        session.growths.filter((growth) => growth.memory === memory).at(-1)?.toPages ??
        initialPages,
    );
    expect(pages.map((count) => count * 65536)).toEqual(after.memories);
  });

  test('is exported as JSON that the published schema allows', () => {
    const schema = JSON.parse(read('docs/session.schema.json').toString()) as object;
    const ajv = new Ajv({ allErrors: true, strict: false });
    const file: unknown = JSON.parse(readFileSync(fileOf('json'), 'utf8'));
    expect(ajv.validate(schema, file), ajv.errorsText()).toBe(true);
  });

  test('is exported as CSV with every call', () => {
    const tables = unzipSync(readFileSync(fileOf('csv')));
    const rows: { calls: string }[] = parse(Buffer.from(tables['crossings.csv'] as Uint8Array), {
      columns: true,
    });
    expect(rows.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(allCalls());
  });

  test('is exported as folded stacks with every call', () => {
    const stacks = readFileSync(fileOf('folded-calls'), 'utf8').trim().split('\n');
    const calls = stacks.map((line) => Number(/^.+ (\d+)$/.exec(line)?.[1]));
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(allCalls());
  });

  test('is exported as a profile that speedscope imports', async () => {
    expect(await titleInSpeedscope(fileOf('speedscope'))).toContain(name);
  });
});

/**
 * What speedscope's own page makes of the file: its title is the profile's name once it was
 * imported.
 */
async function titleInSpeedscope(file: string): Promise<string> {
  const page = await chromium.browser.newPage();
  await page.goto(`${site.url}node_modules/speedscope/dist/release/index.html`);
  const input = await page.waitForSelector('input[type=file]');
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
  await page.waitForFunction(() => document.title !== 'speedscope', { polling: 50 });
  const title = await page.title();
  await page.close();
  return title;
}

/** What the closures have counted until now. */
const counts = (page: { evaluate<Result>(run: () => Result): Promise<Result> }): Promise<Counted> =>
  page.evaluate(() => (globalThis as unknown as { crossingCounts(): Counted }).crossingCounts());

const total = (calls: Record<string, number>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);

/** Expects each count to lie between two others. */
function between(
  recorded: Record<string, number>,
  low: Record<string, number>,
  high: Record<string, number>,
): void {
  expect(Object.keys(recorded).sort()).toEqual(Object.keys(high).sort());
  for (const [name, count] of Object.entries(recorded)) {
    expect(count, name).toBeGreaterThanOrEqual(low[name] ?? 0);
    expect(count, name).toBeLessThanOrEqual(high[name] as number);
  }
}
