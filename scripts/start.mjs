// npm start [-- URL]: from a fresh clone to the panel on a page. Uses node only until the packages are there.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM_FLAGS, findBrowser, installBrowsers } from './browser.mjs';
import { installPackages } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE = 'sqljs';
const VIEWS = ['overview', 'load', 'crossings', 'memory', 'network', 'flame'];
/** How long a page that does not say `done` in its title is recorded, and an example at most, ms. */
const STRANGER = 10_000;
const EXAMPLE_LIMIT = 180_000;

try {
  await start(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(given) {
  if (given !== undefined && !URL.canParse(given)) throw new Error(`${given} is no URL. Usage: npm start -- https://example.org/`);
  installPackages();
  installBrowsers(['chromium']);
  const browserPath = findBrowser();
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0) throw new Error('The build failed: see above.');

  const { serve } = await import('./serve.mjs');
  const server = await serve({ root: join(root, 'examples') });
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  // The short work starts by itself; a person starts the long one.
  const url = given ?? new URL(`${EXAMPLE}/${display ? '' : '?work=short'}`, server.url).href;
  try {
    await (display ? show(browserPath, url) : record(browserPath, url, given === undefined));
  } finally {
    await server.close();
  }
}

async function launch(browserPath, extension, options) {
  const { default: puppeteer } = await import('puppeteer-core');
  return await puppeteer.launch({
    executablePath: browserPath, pipe: true, args: [...CHROMIUM_FLAGS, '--window-size=1500,950'],
    enableExtensions: [join(root, 'dist', extension)], ...options,
  });
}

/** Opens a page. @throws Error that says what to do where there is none */
async function visit(page, url) {
  const response = await page.goto(url).catch((error) => {
    throw new Error(`${url} could not be opened (${error.message.split(' at ')[0]}). Is its server running, and the address right?`);
  });
  if (response && !response.ok()) throw new Error(`${url} answered ${response.status()}. Is the address right?`);
}

/** With a display: the browser is the user's from here on. */
async function show(browserPath, url) {
  const { openPanel } = await import('./panel.mjs');
  const browser = await launch(browserPath, 'chromium', { headless: false, defaultViewport: null });
  const [page] = await browser.pages();
  await visit(page, url);
  await openPanel(page, null);
  console.log(`Wasmscope is open on ${url}. Press Record in its panel; close the browser to end.`);
  await new Promise((closed) => browser.once('disconnected', closed));
}

/** Without a display: records through the real panel, and writes everything it shows into out/. */
async function record(browserPath, url, example) {
  const { exporter, openPanel, pressRecord, pressStop } = await import('./panel.mjs');
  const out = join(root, 'out', new Date().toISOString().slice(0, 19).replaceAll(':', ''));
  mkdirSync(out, { recursive: true });
  // A permission prompt cannot be answered without a display: this variant has its sites from the start.
  const browser = await launch(browserPath, 'test/chromium', { headless: true, defaultViewport: { width: 1400, height: 900 } });
  try {
    const [page] = await browser.pages();
    console.error(`Recording ${url} …`);
    await visit(page, url);
    const { devtools, panel } = await openPanel(page);
    const reloaded = page.waitForNavigation({ waitUntil: 'load' });
    await pressRecord(panel);
    await reloaded;
    const done = page.waitForFunction(() => document.title === 'done', { polling: 200, timeout: example ? EXAMPLE_LIMIT : STRANGER });
    await done.catch((error) => {
      if (example) throw new Error(`The example did not finish: ${error.message}`);
    });
    await pressStop(panel);
    await devtools.screenshot({ path: join(out, 'devtools.png') });
    const exportAs = await exporter(browser, out);
    const file = await exportAs(panel, 'json');
    for (const format of ['csv', 'folded-us', 'folded-calls', 'speedscope']) await exportAs(panel, format);
    await shoot(browser, new URL('panel.html', panel.url()), out);
    await page.close();
    for (const line of await summaryOf(file)) console.log(line);
    console.log(`\nWritten to ${relative(process.cwd(), out)}:`);
    for (const name of readdirSync(out).sort()) console.log(`  ${name}`);
  } finally {
    await browser.close();
  }
}

/** Every view, light and dark, of the panel opened as a tab. */
async function shoot(browser, panelUrl, out) {
  const page = await browser.newPage();
  for (const theme of ['light', 'dark']) {
    await page.goto(`${panelUrl.href}?theme=${theme}`);
    for (const view of VIEWS) {
      await (await page.waitForSelector(`#tab-${view}`)).click();
      await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
      // Two frames: charts are drawn in the one after the layout.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await page.screenshot({ path: join(out, `${view}-${theme}.png`) });
    }
  }
}

async function summaryOf(file) {
  const { runnerImport } = await import('vite');
  const load = async (path) => (await runnerImport(join(root, path), { configFile: false, root, logLevel: 'error' })).module;
  const { readSession } = await load('src/session/file.ts');
  const { createFold } = await load('src/session/fold.ts');
  const { summary } = await load('src/analysis/summary.ts');
  const { info, segments } = await readSession((async function* () {
    yield readFileSync(file, 'utf8');
  })());
  const fold = createFold(info);
  for await (const segment of segments) fold.add(segment);
  return summary(fold.session());
}
