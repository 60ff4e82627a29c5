import { mkdirSync } from 'node:fs';
import { openGallery } from './openGallery.ts';

// node test/browser/panel/shots.ts FOLDER: every view in both themes and two sizes.
const folder = process.argv[2] ?? 'out/shots';
mkdirSync(folder, { recursive: true });
const gallery = await openGallery();
for (const theme of ['light', 'dark']) {
  for (const [width, height] of [[1400, 900], [700, 500]] as const) {
    const page = await gallery.open({ theme }, { width, height });
    for (const view of ['overview', 'load', 'crossings', 'memory', 'network', 'flame']) {
      await page.click(`#tab-${view}`);
      await page.waitForSelector(`[role=tabpanel][aria-labelledby=tab-${view}]`);
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
