import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { ISOLATED, serve } from '../scripts/serve.mjs';
import type { Harness } from '../test/browser/harness.ts';
import { meanRatio, pairedRatio } from './interval.ts';
import { referenceDist } from './reference.ts';
import type { Row } from './report.ts';
import type { Figure } from './statistics.ts';
import { figure, interleave } from './statistics.ts';

/** Enough for a 95 % interval of a median ratio. */
const ROUNDS = Number(process.env.WASMSCOPE_ROUNDS ?? 9);
const GROUP = 'Real applications take this many times as long, loading and all (95 % interval)';
const repository = fileURLToPath(new URL('..', import.meta.url));

/** What stands in front of the page; `control` is nothing, measured once more. */
type Way = 'without' | 'control' | 'reference' | 'agent' | 'extension';

const read = (dist: string, ...names: string[]): string =>
  names.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n');

function scripts(): Map<Way, string> {
  const dist = process.env.WASMSCOPE_DIST ?? join(repository, 'dist');
  const ways = new Map<Way, string>([
    ['without', ''],
    ['control', ''],
  ]);
  const reference = referenceDist();
  if (reference) ways.set('reference', read(reference, 'agent.js'));
  ways.set('agent', read(dist, 'agent.js'));
  ways.set('extension', read(dist, 'chromium/agent.js', 'chromium/vitals.js'));
  return ways;
}

/**
 * The applications of shared/apps, each on a page of its own in turn: without the agent, without it again (the control),
 * with the reference build's agent, with this build's, and with the extension's. They are not part of this repository:
 * looked for in WASMSCOPE_APPS, else in ../shared/apps. WASMSCOPE_APP names some of them.
 */
export async function benchApps({ browser }: Harness): Promise<Row[]> {
  const folder = process.env.WASMSCOPE_APPS ?? join(repository, '../shared/apps');
  const missing = whatIsMissing(folder);
  if (missing) return [{ group: GROUP, what: 'all', unit: 'ratio', figure: null, reason: missing }];
  const expected = JSON.parse(readFileSync(join(folder, 'open/expected.json'), 'utf8')) as object;
  const wanted = process.env.WASMSCOPE_APP?.split(',');
  const names = Object.keys(expected).filter((name) => wanted?.includes(name) ?? true);
  const ways = scripts();
  const server = await openServer(folder);
  const rows: Row[] = [];
  const ratios = new Map<Way, Figure[]>();
  try {
    for (const name of names) {
      const samples = await interleave([...ways.keys()], ROUNDS, (way) =>
        start(browser, `${server.url}app/${name}.html`, ways.get(way) ?? ''),
      );
      for (const way of ways.keys()) {
        if (way === 'without') continue;
        const ratio = pairedRatio(samples[way], samples.without);
        if (ratio) ratios.set(way, [...(ratios.get(way) ?? []), ratio]);
        rows.push(rowOf(name, way, ratio, samples.without));
      }
    }
  } finally {
    await server.close();
  }
  for (const [way, figures] of ratios)
    rows.push({
      ...rowOf(`geometric mean of ${figures.length}`, way, meanRatio(figures), null),
      ...(way === 'agent' || way === 'extension' ? { limit: 1.03 } : {}),
    });
  return rows;
}

function rowOf(what: string, way: Way, ratio: Figure | null, without: number[] | null): Row {
  return {
    group: GROUP,
    what: `${what}, ${way}`,
    unit: 'ratio',
    figure: ratio,
    reason: 'not resolved: too few pairs',
    ...(without ? { native: figure(without) } : {}),
    ...(way === 'agent' || way === 'extension' ? { limit: 1.08 } : {}),
  };
}

function whatIsMissing(folder: string): string | null {
  if (!existsSync(join(folder, 'run-apps.mjs')))
    return `no run-apps.mjs in ${folder}; set WASMSCOPE_APPS`;
  if (!existsSync(join(folder, 'node_modules')))
    return `no packages in ${folder}: copy it, npm install there, and set WASMSCOPE_APPS`;
  // It bundles what some applications need before it opens any.
  if (!existsSync(join(folder, 'b')))
    spawnSync(process.execPath, ['run-apps.mjs', '--filter', 'none of them'], { cwd: folder });
  return null;
}

const page = (name: string): string => `<!doctype html><meta charset=utf-8><title>${name}</title>
<link rel=icon href=data:,><body><script type=module>
try {
  const app = await import('/set/${name}.mjs');
  const loaded = performance.now();
  await app.default();
  self.appTime = performance.now() - loaded;
} catch (error) {
  self.appTime = String(error?.stack ?? error);
}</script>`;

function openServer(folder: string): ReturnType<typeof serve> {
  const expected = JSON.parse(readFileSync(join(folder, 'open/expected.json'), 'utf8')) as object;
  const headers = {
    ...ISOLATED,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'no-store',
  };
  const html = (name: string) => (_: unknown, response: ServerResponse) =>
    void response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end(page(name));
  return serve({
    root: folder,
    mounts: {
      '/nm/': join(folder, 'node_modules'),
      '/set/': join(folder, 'open'),
      '/b/': join(folder, 'b'),
    },
    headers: { '/': headers },
    routes: Object.fromEntries(
      Object.keys(expected).map((name) => [`/app/${name}.html`, html(name)]),
    ),
  });
}

/** How long an application takes on a fresh page, ms. @throws Error with what went wrong in it */
async function start(browser: Browser, url: string, script: string): Promise<number> {
  const context = await browser.createBrowserContext();
  try {
    const tab = await context.newPage();
    if (script !== '') await tab.evaluateOnNewDocument(script);
    await tab.goto(url);
    await tab.waitForFunction('self.appTime', { timeout: 120_000, polling: 50 });
    const time: unknown = await tab.evaluate('self.appTime');
    if (typeof time !== 'number') throw new Error(`${url}: ${time}`);
    return time;
  } finally {
    await context.close();
  }
}
