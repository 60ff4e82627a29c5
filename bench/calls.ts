import type { Harness, Opened } from '../test/browser/harness.ts';
import type { ValueType } from '../test/fixtures/buildModule.ts';
import { buildModule, op } from '../test/fixtures/buildModule.ts';
import type { Way } from './alternatives.ts';
import { OTHER_WAYS, SCRIPTS, startProfiler, WAYS } from './alternatives.ts';
import type { Row } from './report.ts';
import { figure, interleave, pairwise } from './statistics.ts';

// What a call across the border costs, empty functions, in ns.

const MANY = 64;
const CALLS = 640_000;
const ROUNDS = 9;

interface Shape {
  name: string;
  params: ValueType[];
  results: ValueType[];
  /** Arguments in JavaScript. */
  values: string;
}

const SHAPES: Shape[] = [
  { name: '()', params: [], results: [], values: '' },
  { name: '(i32, i32) → i32', params: ['i32', 'i32'], results: ['i32'], values: '1, 2' },
  {
    name: '6 × i32',
    params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    results: [],
    values: '1, 2, 3, 4, 5, 6',
  },
  { name: '(i64) → i64', params: ['i64'], results: ['i64'], values: '5n' },
  { name: '(f64) → f64', params: ['f64'], results: ['f64'], values: '1.5' },
];

/** Constants as the page's values, to call an import with. */
const CONSTANT: Partial<Record<ValueType, number[]>> = {
  i32: [0x41, 1],
  i64: [0x42, 5],
  f64: [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f],
};

/**
 * Exports `f0` to `f63` that return their first parameter; `one(n)` calls import 0 so often,
 * `many(n)` all 64 in turn.
 */
function moduleOf({ params, results }: Shape): Uint8Array<ArrayBuffer> {
  const call = (index: number): number[] => [
    ...params.flatMap((type) => CONSTANT[type] ?? []),
    ...op.call(index),
    ...(results.length > 0 ? [0x1a] : []),
  ];
  const all = Array.from({ length: MANY }, (_, index) => index);
  return buildModule({
    counters: ['calls'],
    imports: all.map((index) => ({ name: `i${index}`, params, results })),
    functions: [
      ...all.map((index) => ({
        name: `f${index}`,
        params,
        results,
        // Writes a global: otherwise V8 inlines the native call and nothing is left of it.
        code: [...op.count(0), ...(results.length > 0 ? op.get(0) : [])],
      })),
      { name: 'one', params: ['i32'], results: [], code: op.repeat(call(0)) },
      { name: 'many', params: ['i32'], results: [], code: op.repeat(all.flatMap(call)) },
    ],
  });
}

/** Makes `measure(direction, many)` in the page: ns a call. */
const setUp = (shape: Shape): string => `{
  const module = new WebAssembly.Module(new Uint8Array([${moduleOf(shape)}]));
  const env = {};
  const names = ${JSON.stringify(shape.params.map((_, at) => 'abcdef'[at]).join(', '))};
  for (let i = 0; i < ${MANY}; i++) env['i' + i] = new Function(names, ${JSON.stringify(shape.results.length > 0 ? 'return a' : '')});
  const { exports } = new WebAssembly.Instance(module, { env });
  const fs = Array.from({ length: ${MANY} }, (_, i) => exports['f' + i]);
  const inOne = new Function('f', 'n', 'for (let i = 0; i < n; i++) f(${shape.values});');
  const inMany = new Function('fs', 'n', 'for (let i = 0; i < n; i += ${MANY}) for (let k = 0; k < ${MANY}; k++) fs[k](${shape.values});');
  globalThis.measure = (direction, many) => {
    const n = ${CALLS};
    const start = performance.now();
    if (direction === 'in') many ? inMany(fs, n) : inOne(fs[0], n);
    else many ? exports.many(n / ${MANY}) : exports.one(n);
    return (performance.now() - start) * 1e6 / n;
  };
  for (let i = 0; i < 5; i++) for (const direction of ['in', 'out']) for (const many of [false, true]) measure(direction, many);
}`;

/** ns. */
const MOST = 10;

export async function benchCalls(harness: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of SHAPES) {
    const pages = {} as Record<Way, Opened>;
    for (const way of WAYS) {
      pages[way] = await harness.open({ agent: SCRIPTS[way], bridge: way === 'agent' });
      await pages[way].page.evaluate(setUp(shape));
      if (way === 'profiler') await startProfiler(pages[way]);
    }
    for (const direction of ['in', 'out']) {
      for (const many of [false, true]) {
        const samples = await interleave(
          WAYS,
          ROUNDS,
          async (way) =>
            (await pages[way].page.evaluate(`measure('${direction}', ${many})`)) as number,
        );
        const added = (way: Way) => pairwise(samples[way], samples.native, (a, b) => a - b);
        rows.push({
          group: `An empty call ${direction === 'in' ? 'JS→wasm' : 'wasm→JS'} costs this much more`,
          what: `${shape.name}, ${many ? `${MANY} functions in turn` : 'one function'}`,
          unit: 'ns',
          figure: added('agent'),
          native: figure(samples.native),
          alternatives: Object.entries(OTHER_WAYS).map(([way, name]) => ({
            name,
            figure: added(way as Way),
          })),
          limit: MOST,
        });
      }
    }
    for (const opened of Object.values(pages)) await opened.close();
  }
  return rows.sort((a, b) => (a.group === b.group ? 0 : a.group.includes('JS→wasm') ? -1 : 1));
}
