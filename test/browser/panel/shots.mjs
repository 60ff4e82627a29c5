import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { showView } from '../../../scripts/panel.mjs';

// node test/browser/panel/shots.mjs FOLDER: every view in both themes, in a window and as docked beside a page.
const folder = process.argv[2] ?? 'out/shots';
mkdirSync(folder, { recursive: true });
const { module } = await runnerImport(fileURLToPath(new URL('openGallery.ts', import.meta.url)), {
  configFile: false,
});
const gallery = await module.openGallery();
for (const theme of ['light', 'dark']) {
  for (const [width, height] of [
    [1180, 760],
    [560, 800],
  ]) {
    const page = await gallery.open(
      { theme, ...(width < 700 && { devtools: '' }) },
      { width, height },
    );
    for (const view of ['overview', 'load', 'crossings', 'memory', 'network', 'flame', 'compare']) {
      await showView(page, view);
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
