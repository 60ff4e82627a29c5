import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// node test/browser/panel/shots.mjs FOLDER: every view in both themes and two sizes.
const folder = process.argv[2] ?? 'out/shots';
mkdirSync(folder, { recursive: true });
const { module } = await runnerImport(fileURLToPath(new URL('openGallery.ts', import.meta.url)), { configFile: false });
const gallery = await module.openGallery();
for (const theme of ['light', 'dark']) {
  for (const [width, height] of [[1400, 900], [700, 500]]) {
    const page = await gallery.open({ theme }, { width, height });
    for (const view of ['overview', 'load', 'crossings', 'memory', 'network', 'flame']) {
      await page.click(`#tab-${view}`);
      await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
      await page.screenshot({ path: `${folder}/${view}-${theme}-${width}.png` });
    }
    await page.close();
  }
}
for (const sessions of ['none', 'plain']) {
  const page = await gallery.open({ theme: 'light', sessions });
  await page.screenshot({ path: `${folder}/${sessions}.png` });
  await page.close();
}
await gallery.close();
