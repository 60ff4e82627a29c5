import type { Harness, Opened } from '../test/browser/harness.ts';
import { BORDER } from '../test/fixtures/borderModule.ts';
import type { Row } from './report.ts';
import { figure, interleave, pairwise } from './statistics.ts';

// What one use of each API costs more where a hook stands in front of it.

const ROUNDS = 9;

interface Use {
  /** The hook, without its first word. */
  hook: string;
  what: string;
  times: number;
  /** One use, as code in the page. */
  code: string;
}

const USES: Use[] = [
  {
    hook: 'load',
    what: 'a small module and its instance, exports read',
    times: 40,
    code: 'new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports',
  },
  {
    hook: 'references',
    what: 'table.get of a function met before',
    times: 20_000,
    code: 'table.get(0)',
  },
  {
    hook: 'references',
    what: 'table.set of a function',
    times: 20_000,
    code: 'table.set(1, held)',
  },
  { hook: 'references', what: 'reading a global of numbers', times: 20_000, code: 'number.value' },
  { hook: 'memoryGrow', what: 'memory.grow(0)', times: 2_000, code: 'memory.grow(0)' },
  { hook: 'frames', what: 'frame.contentWindow', times: 20_000, code: 'frame.contentWindow' },
  {
    hook: 'fetch',
    what: 'fetch, until it has returned its promise',
    times: 20,
    code: "pending.push(fetch('/favicon.ico'))",
  },
  { hook: 'fetch', what: 'response.status', times: 20_000, code: 'response.status' },
  {
    hook: 'timeline',
    what: 'performance.mark, its entry handed on',
    times: 500,
    code: "performance.mark('a mark')",
  },
  {
    hook: 'pulse',
    what: 'requestAnimationFrame, its callback run',
    times: 500,
    code: 'requestAnimationFrame(nothing)',
  },
  {
    hook: 'every hook',
    what: 'Function.prototype.toString of a patched function',
    times: 20_000,
    code: 'fetch.toString()',
  },
];

/** Makes `measure(use)` in the page: µs a use, with the tasks that follow from it. */
const SET_UP = `(async () => {
  const bytes = new Uint8Array([${BORDER}]);
  const nothing = () => {};
  const imports = { a: { one: (n) => n, three: (n) => n, number: 7 }, b: { two: nothing } };
  const { table, memory, add: held } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
  const number = new WebAssembly.Global({ value: 'i32', mutable: true }, 1);
  const frame = document.body.appendChild(document.createElement('iframe'));
  const response = await fetch('/favicon.ico');
  let pending = [];
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  const times = ${JSON.stringify(USES.map((use) => use.times))};
  const run = [${USES.map(({ code }) => `(n) => { for (let at = 0; at < n; at++) ${code}; }`)}];
  globalThis.measure = async (at) => {
    // What waits for a frame is measured with the frame, everything else without.
    const waits = ${JSON.stringify(USES.map(({ hook }) => hook === 'timeline' || hook === 'pulse'))}[at];
    await drawn();
    const start = performance.now();
    run[at](times[at]);
    if (waits) await drawn();
    const time = performance.now() - start;
    await Promise.all(pending);
    pending = [];
    performance.clearMarks();
    return time * 1000 / times[at];
  };
})()`;

export async function benchHooks(harness: Harness): Promise<Row[]> {
  const pages = {} as Record<'native' | 'agent', Opened>;
  for (const way of ['native', 'agent'] as const) {
    pages[way] = await harness.open({ agent: way === 'agent' });
    await pages[way].page.evaluate(SET_UP);
  }
  const rows: Row[] = [];
  for (const [at, { hook, what }] of USES.entries()) {
    const samples = await interleave(['native', 'agent'], ROUNDS, async (way) => {
      await pages[way].page.bringToFront();
      return (await pages[way].page.evaluate(`measure(${at})`)) as number;
    });
    rows.push({
      group: 'One use of what a hook stands in front of costs this much more',
      what: `${hook}: ${what}`,
      unit: 'µs',
      figure: pairwise(samples.agent, samples.native, (a, b) => a - b),
      native: figure(samples.native),
    });
  }
  for (const opened of Object.values(pages)) await opened.close();
  return rows;
}
