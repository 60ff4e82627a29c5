// npm start [-- URL]: opens a page and the panel, from a fresh clone. Uses only Node's modules
// until the packages are installed.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, installBrowsers } from './browser.mjs';
import { installPackages } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  await start(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @param {string | undefined} given the page's URL; without one, an example is opened */
async function start(given) {
  if (given !== undefined && (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))) {
    throw new Error(`${given} is not the URL of a page. Usage: npm start -- https://example.org/`);
  }
  installPackages();
  installBrowsers(['chromium']);
  const browserPath = findBrowser();
  console.error('Building …');
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0)
    throw new Error(
      'The build failed, see above. If you changed nothing, run `npm ci` and then `npm start` again.',
    );

  const { EXAMPLE, recordToFolder } = await import('./startHeadless.mjs');
  const { showPanel } = await import('./startVisible.mjs');
  const { serve } = await import('./serve.mjs');
  const server = await serve({ root: join(root, 'examples') });
  const url = given ?? new URL(EXAMPLE, server.url).href;
  const out = join(root, 'out', new Date().toISOString().slice(0, 19).replaceAll(':', ''));
  const display =
    process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  try {
    if (display) return await showPanel(browserPath, url);
    for (const line of await recordToFolder(browserPath, url, out)) console.log(line);
  } finally {
    await server.close();
  }
  console.log(`\nWritten to ${relative(process.cwd(), out)}:`);
  for (const name of readdirSync(out).sort()) console.log(`  ${name}`);
}
