import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Harness, OpenOptions } from './harness.ts';
import { callsOf, done, openHarness } from './harness.ts';

// The examples in their short mode. Closures that count beside the agent, and the page's own
// figures, tell the true counts.

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness?.close());

const sizeOf = (path: string): number =>
  readFileSync(new URL(`../../node_modules/${path}`, import.meta.url)).length;

const EXAMPLES = [
  { name: 'sqljs', module: 'sql.js/dist/sql-wasm-browser.wasm', streamed: true, modules: 2 },
  { name: 'esbuild', module: 'esbuild-wasm/esbuild.wasm', streamed: true, modules: 1 },
  {
    name: 'rapier',
    module: '@dimforge/rapier3d-compat/dist/rapier_wasm3d_bg.wasm',
    streamed: false,
    modules: 1,
  },
];

async function finished(name: string, options: OpenOptions) {
  const opened = await harness.open({ path: `examples/${name}/?work=short`, ...options });
  await done(opened.page);
  const figures = await opened.page.evaluate(() =>
    Object.fromEntries(
      Array.from(document.querySelectorAll<HTMLElement>('[data-figure]'), ({ dataset }) => [
        dataset.figure,
        dataset.value,
      ]),
    ),
  );
  return { opened, figures };
}

describe.each(EXAMPLES)('$name', ({ name, module, streamed, modules }) => {
  test('computes the same with the agent as without', async () => {
    const answers = [];
    for (const agent of [false, true]) {
      const { opened, figures } = await finished(name, { agent });
      answers.push(figures.answer);
      expect(opened.messages).toEqual([]);
      await opened.close();
    }
    expect(answers[0]).toMatch(/\d/);
    expect(answers[1]).toBe(answers[0]);
  });

  test('is counted to the call', async () => {
    const { opened } = await finished(name, { counter: true });
    const session = await opened.session();
    const { memories, ...truth } = await opened.counted();
    expect(callsOf(session)).toEqual(truth);
    expect(Object.keys(truth.in).length).toBeGreaterThan(2);
    const pages = session.memories.map(
      ({ initialPages }, memory) =>
        session.growths.filter((growth) => growth.memory === memory).at(-1)?.toPages ??
        initialPages,
    );
    expect(pages.map((count) => count * 65536)).toEqual(memories);
    await opened.close();
  });

  test('has its module in the session as it was loaded', async () => {
    const { opened, figures } = await finished(name, {});
    const session = await opened.session();
    expect(session.modules).toHaveLength(modules);
    expect(session.modules[0]).toMatchObject({
      streamed,
      bytes: sizeOf(module),
      instances: 1,
      error: null,
    });
    if (figures.module) expect(session.modules[0]?.bytes).toBe(Number(figures.module));
    await opened.close();
  });
});
