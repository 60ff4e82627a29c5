import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { ISOLATED } from '../scripts/serve.mjs';
import { openHarness } from '../test/browser/harness.ts';
import { CACHE_HIT, traced } from '../test/browser/trace.ts';
import { buildModule, op, PADDING } from '../test/fixtures/buildModule.ts';
import { manyExports } from './manyExports.ts';
import type { Row } from './report.ts';
import { figure, interleave, pairwise, single } from './statistics.ts';

const WITH = ['without', 'with'] as const;
const FIRST_VISITS = 25;
const SECOND_VISITS = 15;
const MANY_EXPORTS = 75_000;

/** Visits that are traced, and not timed: tracing slows them. */
const TRACED = 3;

const REAL = readFileSync(new URL('../node_modules/esbuild-wasm/esbuild.wasm', import.meta.url));
/** `f(n)` takes n turns: V8 caches code once it has optimised some. */
const HOT = buildModule({
  counters: ['turns'],
  functions: [{ name: 'f', params: ['i32'], results: [], code: op.repeat(op.count(0)) }],
  padding: 11_000_000 / PADDING,
});

const megabytes = ({ length }: Uint8Array): string => `${(length / 1e6).toFixed(1)} MB`;

/** Imports by their names, so that a page can make functions that do nothing. */
const importsOf = (bytes: Uint8Array<ArrayBuffer>): { module: string; name: string }[] =>
  WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ module, name }) => ({
    module,
    name,
  }));

/** In the page: until the first call has returned, ms. `after` may use the instance then. */
const loadAndCall = (
  path: string,
  imports: { module: string; name: string }[],
  call: string,
  after = '',
): string => `(async () => {
  const imports = {};
  for (const { module, name } of ${JSON.stringify(imports)}) (imports[module] ??= {})[name] = () => {};
  const start = performance.now();
  const { instance } = await WebAssembly.instantiateStreaming(fetch('${path}'), imports);
  instance.exports.${call};
  const time = performance.now() - start;
  ${after}
  return time;
})()`;

/**
 * Loading by instantiateStreaming: a large module on a first and on a second visit, and one of many
 * exports.
 */
export async function benchLoad(): Promise<Row[]> {
  const many = manyExports(MANY_EXPORTS);
  const wasm = (bytes: Uint8Array, cache: string) => (_: unknown, response: ServerResponse) =>
    void response
      .writeHead(200, { 'Content-Type': 'application/wasm', 'Cache-Control': cache })
      .end(bytes);
  const harness = await openHarness({
    headers: { '/': ISOLATED },
    // Else V8 writes the code cache only after seconds.
    flags: ['--js-flags=--wasm-caching-threshold=1 --wasm-caching-timeout-ms=0'],
    routes: {
      '/real.wasm': wasm(REAL, 'no-store'),
      '/many.wasm': wasm(many, 'no-store'),
      '/with.wasm': wasm(HOT, 'max-age=3600'),
      '/without.wasm': wasm(HOT, 'max-age=3600'),
    },
  });
  const imports = importsOf(new Uint8Array(REAL));

  async function visit(agent: boolean, expression: string): Promise<number> {
    const opened = await harness.open({ agent });
    const time = (await opened.page.evaluate(expression)) as number;
    await opened.close();
    return time;
  }

  async function ratioRow(
    what: string,
    rounds: number,
    run: (way: (typeof WITH)[number]) => Promise<number>,
  ): Promise<{ row: Row; samples: Record<(typeof WITH)[number], number[]> }> {
    const samples = await interleave(WITH, rounds, run);
    const row: Row = {
      group: 'Loading until the first call, by instantiateStreaming',
      what,
      unit: 'times as long',
      limit: 1.02,
      figure: pairwise(samples.with, samples.without, (a, b) => a / b),
      native: figure(samples.without.map(() => 1)),
    };
    return { row, samples };
  }

  try {
    const first = await ratioRow(`${megabytes(REAL)}, first visit`, FIRST_VISITS, (way) =>
      visit(way === 'with', loadAndCall('/real.wasm', imports, 'getsp()')),
    );

    for (const way of WITH) await fillCache(way);
    const second = await ratioRow(`${megabytes(HOT)}, second visit`, SECOND_VISITS, (way) =>
      visit(way === 'with', loadAndCall(`/${way}.wasm`, [], 'f(1)')),
    );
    const hits = { without: 0, with: 0 };
    for (const way of WITH)
      for (let round = 0; round < TRACED; round++) if (await hitsCache(way)) hits[way]++;
    const cached: Row = {
      group: first.row.group,
      what: `second visits with ${CACHE_HIT} in the browser's trace`,
      unit: '%',
      least: 100,
      figure: single((100 * hits.with) / TRACED),
      native: single((100 * hits.without) / TRACED),
    };

    const exported = await ratioRow(
      `${MANY_EXPORTS} exports, ${megabytes(many)}`,
      FIRST_VISITS,
      (way) => visit(way === 'with', loadAndCall('/many.wasm', [], 'f0()')),
    );
    const native = figure(exported.samples.without);
    const added: Row = {
      ...exported.row,
      unit: 'ms more',
      native,
      limit: Math.round(Math.max(20, 0.05 * native.median)),
      figure: pairwise(exported.samples.with, exported.samples.without, (a, b) => a - b),
    };
    const { limit: _, ...ratio } = exported.row;
    return [first.row, second.row, cached, ratio, added];
  } finally {
    await harness.close();
  }

  async function hitsCache(way: (typeof WITH)[number], after = ''): Promise<boolean> {
    const { events } = await traced(harness.browser, () =>
      visit(way === 'with', loadAndCall(`/${way}.wasm`, [], 'f(1)', after)),
    );
    return events.some(({ name }) => name === CACHE_HIT);
  }

  /** Visits until the browser takes the module's code from its cache. */
  async function fillCache(way: (typeof WITH)[number]): Promise<void> {
    const warm = `for (let frame = 0; frame < 20; frame++) {
      for (let turn = 0; turn < 20; turn++) instance.exports.f(10_000);
      await new Promise(requestAnimationFrame);
    }`;
    for (let visits = 0; visits < 20; visits++) if (await hitsCache(way, warm)) return;
  }
}
