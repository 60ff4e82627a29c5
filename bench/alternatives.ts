import type { Opened } from '../test/browser/harness.ts';

// Other ways to see crossings, to compare with: a closure around each function that counts, or that
// reads the clock before and after each call, as scripts evaluated in place of the agent; and
// Chrome's own CPU profiler.

/**
 * Exports and imports wrapped, in every way to an instance. Functions whose parameters are plain
 * keep their arity.
 */
const wrapping = (closure: string): string => `{
  const now = performance.now.bind(performance);
  const counts = new Float64Array(1 << 16);
  const times = new Float64Array(1 << 16);
  const realOf = new WeakMap();
  const real = (value) => realOf.get(value) ?? value;
  const makers = new Map();
  let functions = 0;
  const parametersOf = (fn, plain) => (plain ? Array.from({ length: fn.length }, (_, at) => 'p' + at).join(', ') : '...all');
  const wrap = (fn, plain) => {
    const names = parametersOf(fn, plain);
    // One closure literal for all functions of one arity, as a library would have.
    if (!makers.has(names)) {
      const body = ${JSON.stringify(closure)}.replace('CALL', 'fn(' + names + ')');
      makers.set(names, new Function('counts', 'times', 'now', 'return (fn, id) => (' + names + ') => { ' + body + ' }')(counts, times, now));
    }
    const wrapped = makers.get(names)(fn, functions++);
    realOf.set(wrapped, fn);
    return wrapped;
  };
  const isWasm = (fn) => /^function \\d+\\(\\)/.test(fn.toString());
  const isPlain = (fn) => /^[^(]*\\([\\w$, ]*\\)/.test(fn.toString()) && !/\\barguments\\b|native code/.test(fn.toString());
  const { Module, Instance } = WebAssembly;
  const wrapImports = (module, imports) => {
    const result = {};
    for (const { module: from, name } of Module.imports(module)) {
      const value = real(imports[from][name]);
      (result[from] ??= {})[name] = typeof value === 'function' && !isWasm(value) ? wrap(value, isPlain(value)) : value;
    }
    return result;
  };
  const wrapInstance = (instance) => {
    const exports = {};
    for (const [name, value] of Object.entries(instance.exports)) exports[name] = typeof value === 'function' ? wrap(value, true) : value;
    return Object.defineProperty(instance, 'exports', { value: exports });
  };
  const { compile, compileStreaming, instantiate } = WebAssembly;
  WebAssembly.Instance = function (module, imports) {
    return wrapInstance(new Instance(module, wrapImports(module, imports)));
  };
  WebAssembly.Instance.prototype = Instance.prototype;
  const make = async (module, imports) => wrapInstance(await instantiate(module, wrapImports(module, imports)));
  const both = async (module, imports) => ({ module, instance: await make(module, imports) });
  WebAssembly.instantiate = async (source, imports) => (source instanceof Module ? make(source, imports) : both(await compile(source), imports));
  WebAssembly.instantiateStreaming = async (source, imports) => both(await compileStreaming(source), imports);
  for (const name of ['set', 'grow']) {
    const native = WebAssembly.Table.prototype[name];
    WebAssembly.Table.prototype[name] = function (...args) {
      return native.apply(this, args.map(real));
    };
  }
}`;

export const COUNTING_CLOSURES = wrapping('counts[id]++; return CALL;');
export const TIMING_CLOSURES = wrapping(
  'const start = now(); try { return CALL; } finally { times[id] += now() - start; counts[id]++; }',
);

/** Sampling interval of the profiler, µs. */
const INTERVAL = 200;

/** Has Chrome's CPU profiler sample a page from now on. */
export async function startProfiler({ page }: Opened): Promise<void> {
  const client = await page.createCDPSession();
  await client.send('Profiler.enable');
  await client.send('Profiler.setSamplingInterval', { interval: INTERVAL });
  await client.send('Profiler.start');
}

/** What a page is measured with: nothing, the agent, or in its stead one of the other ways. */
export const WAYS = ['native', 'agent', 'closures', 'clock', 'profiler'] as const;
export type Way = (typeof WAYS)[number];
/** For `OpenOptions.agent`. */
export const SCRIPTS: Record<Way, boolean | string> = {
  native: false,
  agent: true,
  closures: COUNTING_CLOSURES,
  clock: TIMING_CLOSURES,
  profiler: false,
};
export const OTHER_WAYS = {
  closures: 'closures that count',
  clock: 'two clock reads',
  profiler: 'CPU profiler',
} as const;
