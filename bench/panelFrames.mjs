import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// node bench/panelFrames.mjs: how long the large session takes to open and each step's longest frame, ms.
const { module } = await runnerImport(
  fileURLToPath(new URL('../test/browser/panel/openGallery.ts', import.meta.url)),
  { configFile: false },
);
const gallery = await module.openGallery();
const page = await gallery.open({ sessions: 'large', theme: 'light' });
// The longest task from a step until eight frames later: frames alone would miss work before the first.
const measure = (run) =>
  page.evaluate(async (source) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    new Function(`return (${source})()`)();
    for (let frame = 0; frame < 8; frame++)
      await new Promise((next) => requestAnimationFrame(next));
    await new Promise((next) => setTimeout(next, 100));
    observer.disconnect();
    return `longest task ${longest < 50 ? 'below 50' : Math.round(longest)} ms`;
  }, run.toString());
const open = await page.evaluate(async () => {
  const other = [...document.querySelectorAll('.session-open')];
  other[1].click();
  while (!document.querySelector('.notices')?.textContent?.includes('cut short'))
    await new Promise(requestAnimationFrame);
  const start = performance.now();
  other[0].click();
  while (!document.querySelector('.figures')?.textContent?.includes('5,000'))
    await new Promise(requestAnimationFrame);
  return Math.round(performance.now() - start);
});
console.log('open', open, 'ms');
await page.evaluate(() => new Promise((next) => setTimeout(next, 500)));
await page.focus('.range-field');
console.log(
  'range',
  await measure(() => {
    const field = document.querySelector('.range-field');
    field.value = '100';
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }),
);
console.log(
  'range cleared',
  await measure(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))),
);
for (const view of ['load', 'crossings', 'memory', 'network', 'flame', 'overview']) {
  console.log(view, await measure(new Function(`document.querySelector('#tab-${view}').click()`)));
}
for (const view of ['crossings', 'network', 'flame']) {
  await page.click(`#tab-${view}`);
  await page.waitForSelector(`[aria-labelledby=tab-${view}]`);
  if (view === 'flame') {
    console.log(
      'flame zoom',
      await measure(() =>
        document
          .querySelector('canvas')
          .dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true })),
      ),
    );
    continue;
  }
  await page.waitForSelector('.row');
  console.log(
    view,
    'scroll',
    await measure(() => {
      document.querySelector('.table-scroll').scrollTop = 3000;
    }),
  );
  if (view === 'crossings')
    console.log(
      view,
      'range',
      await measure(() => {
        const field = document.querySelector('.range-field');
        field.value = '100';
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }),
    );
  console.log(view, 'select', await measure(() => document.querySelector('.row').click()));
}
await gallery.close();
