import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// node test/browser/panel/perf.mjs: how long the large session takes to open and each step's longest frame, ms.
const { module } = await runnerImport(fileURLToPath(new URL('openGallery.ts', import.meta.url)), { configFile: false });
const gallery = await module.openGallery();
const page = await gallery.open({ sessions: 'large', theme: 'light' });
const measure = (run) => page.evaluate(async (source) => {
  const step = new Function(`return (${source})()`);
  const start = performance.now();
  await step();
  let longest = 0;
  let last = performance.now();
  for (let frame = 0; frame < 8; frame++) {
    await new Promise((next) => requestAnimationFrame(next));
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return { step: Math.round(last - start), sync: 0, longest: Math.round(longest) };
}, run.toString());
const open = await page.evaluate(async () => {
  const other = [...document.querySelectorAll('.session-open')];
  other[1].click();
  while (!document.querySelector('.notices')?.textContent?.includes('cut short')) await new Promise(requestAnimationFrame);
  const start = performance.now();
  other[0].click();
  while (!document.querySelector('.figures')?.textContent?.includes('5,000')) await new Promise(requestAnimationFrame);
  return Math.round(performance.now() - start);
});
console.log('open', open);
for (const view of ['load', 'crossings', 'memory', 'network', 'flame', 'overview']) {
  console.log(view, await measure(new Function(`document.querySelector('#tab-${view}').click()`)));
}
for (const view of ['crossings', 'network', 'flame']) {
  await page.click(`#tab-${view}`);
  await page.waitForSelector(`[aria-labelledby=tab-${view}]`);
  if (view === 'flame') {
    console.log('flame zoom', await measure(() => document.querySelector('canvas').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))));
    continue;
  }
  await page.waitForSelector('.row');
  console.log(view, 'scroll', await measure(() => { document.querySelector('.table-scroll').scrollTop = 3000; }));
  console.log(view, 'select', await measure(() => document.querySelector('.row').click()));
}
await gallery.close();
