import type { ModuleParts } from '../test/fixtures/buildModule.ts';
import { buildModule, op } from '../test/fixtures/buildModule.ts';

// A page whose boundary functions burn known times: a loop of so many turns, of which the page knows the time by
// running the same loops in bulk, in turn with them, through an instance that the agent does not see.

/** What the page runs, each by functions of its own. Times in µs. */
export type Scenario =
  | { kind: 'export'; name: string; shortest: number; longest: number }
  | { kind: 'import'; name: string; shortest: number; longest: number }
  /** An export calls an import that reads the clock itself before and after it burns. */
  | { kind: 'clocked'; name: string; shortest: number; longest: number }
  /** An export burns, then calls an import that burns and calls another export, each so long. */
  | { kind: 'nested'; name: string; shortest: number; longest: number }
  /** An export burns and calls itself through an import, DEPTH times. */
  | { kind: 'recursive'; name: string; shortest: number; longest: number };

export const DEPTH = 4;

/** What the page measured in one scenario; one entry a slice, ms. */
export interface Measured {
  /** Calls of the outermost function in a slice. */
  calls: number;
  /** Turns of the loop in wasm that one call's outermost function burns, on average. */
  turns: number;
  /** Bulk time of the calls through the border that the agent sees. */
  seen: number[];
  /** Bulk time of the same work, not seen. */
  unseen: number[];
  /**
   * Bulk time of one turn of the loop in wasm, of the same loop in three places: it differs by some per cent, as the
   * processor sees it, and nothing tells which holds for a loop within a call.
   */
  turn: [number[], number[], number[]];
  /** Bulk time of a call, not seen, that burns nothing: what passing the border takes, in whichever function it falls. */
  empty: number[];
  /** What the callee's own clock reads say of all slices together. */
  clocked: number;
}

/** Functions for so many scenarios: `e0`, `i0`, … are the first's. */
const functionsOf = (count: number): ModuleParts => {
  const imports = [
    ...Array.from({ length: count }, (_, at) => ({
      name: `i${at}`,
      params: ['i32'] as const,
      results: [],
    })),
    { name: 'mid', params: ['i32'] as const, results: [] },
    { name: 'again', params: ['i32', 'i32'] as const, results: [] },
  ];
  const spin = { params: ['i32'] as const, results: [], code: op.repeat(op.count(0)) };
  const first = imports.length;
  return {
    imports,
    counters: ['turns'],
    functions: [
      { name: 'spin', ...spin },
      ...Array.from({ length: count }, (_, at) => ({ name: `e${at}`, ...spin })),
      /** n calls of `e0`, not through the border. */
      {
        name: 'many',
        params: ['i32', 'i32'],
        results: [],
        code: op.repeat([...op.get(1), ...op.call(first + 1)]),
      },
      ...Array.from({ length: count }, (_, at) => ({
        name: `out${at}`,
        params: ['i32', 'i32'] as const,
        results: [],
        code: op.repeat([...op.get(1), ...op.call(at)]),
      })),
      ...Array.from({ length: count }, (_, at) => ({
        name: `through${at}`,
        params: ['i32'] as const,
        results: [],
        code: [...op.get(0), ...op.call(at)],
      })),
      { name: 'inner', ...spin },
      {
        name: 'outer',
        params: ['i32'],
        results: [],
        code: [...op.get(0), ...op.call(first), ...op.get(0), ...op.call(count)],
      },
      {
        name: 'recurse',
        params: ['i32', 'i32'],
        results: [],
        code: [
          ...op.get(1),
          ...op.call(first),
          ...op.when([...op.get(0), 0x41, 1, 0x6b, ...op.get(1), ...op.call(count + 1)]),
        ],
      },
    ],
  };
};

/** Before the agent: what makes an instance that it does not see. */
export const UNSEEN = `{
  const { Module, Instance } = WebAssembly;
  const { apply } = Reflect;
  const exportsOf = Object.getOwnPropertyDescriptor(Instance.prototype, 'exports').get;
  globalThis.unseen = (bytes, imports) => apply(exportsOf, new Instance(new Module(bytes), imports), []);
}`;

/**
 * Makes `prepare()` and `measure(slices)` in the page: `Measured` for each scenario.
 * @param slice how long a slice of a scenario is, ms
 */
export const truthPage = (scenarios: readonly Scenario[], slice: number): string => `{
  const bytes = new Uint8Array([${buildModule(functionsOf(scenarios.length))}]);
  const scenarios = ${JSON.stringify(scenarios)};
  const now = performance.now.bind(performance);
  let state = 1;
  const burn = (turns) => {
    let x = state;
    for (let i = 0; i < turns; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
    state = x;
  };
  const environment = (exportsOf) => {
    const env = {
      mid: (turns) => { burn(turns * jsTurns); exportsOf().inner(turns); },
      again: (depth, turns) => exportsOf().recurse(depth, turns),
    };
    scenarios.forEach(({ kind }, at) => {
      env['i' + at] = kind !== 'clocked' ? (turns) => burn(turns) : (turns) => {
        const start = now();
        burn(turns);
        clocked[at] += now() - start;
      };
    });
    return env;
  };
  let jsTurns = 1;
  const clocked = scenarios.map(() => 0);
  const native = unseen(bytes, { env: environment(() => native) });
  const seen = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: environment(() => seen) }).exports;
  const { port1, port2 } = new MessageChannel();
  const breathe = () => new Promise((resume) => { port1.onmessage = resume; port2.postMessage(0); });

  /** ms of a turn: the shortest of some tries, each of about 2 ms. */
  const perTurn = (run) => {
    let turns = 1000;
    let best = Infinity;
    for (let tries = 0; tries < 15; tries++) {
      const start = now();
      run(turns);
      const time = now() - start;
      if (time < 1) turns *= 2;
      else best = Math.min(best, time / turns);
    }
    return best;
  };
  let plans = [];
  globalThis.prepare = () => {
    const wasm = perTurn(native.spin);
    const js = perTurn(burn);
    jsTurns = wasm / js;
    plans = scenarios.map(({ kind, shortest, longest }, at) => {
      const unit = kind === 'import' || kind === 'clocked' ? js : wasm;
      const parts = kind === 'nested' ? 3 : kind === 'recursive' ? ${DEPTH + 1} : 1;
      const ratio = Math.log(longest / shortest);
      const mean = ratio === 0 ? shortest : (longest - shortest) / ratio;
      const calls = Math.max(1, Math.round(${slice} / (parts * mean / 1000)));
      // Turns of each call: drawn evenly on a logarithmic scale, and the same for every slice's both halves.
      const turns = Int32Array.from({ length: calls }, () => Math.max(1, Math.round(shortest * Math.exp(ratio * Math.random()) / 1000 / unit)));
      return { kind, at, calls, turns, sum: turns.reduce((a, b) => a + b, 0), same: shortest === longest };
    });
  };

  // Each a function of its own, so that V8 optimises it for its callee alone.
  const run = scenarios.map(({ kind, shortest, longest }, at) => new Function('seen', 'native', {
    export: \`return {
      seen({ turns }) { const { e\${at}: f } = seen; for (let i = 0; i < turns.length; i++) f(turns[i]); },
      // Calls of all lengths go through the border here too (10 ns each): the processor does not foresee their ends, as
      // it would that of one long loop.
      unseen({ calls, turns, same }) {
        if (same) native.many(calls, turns[0]);
        else { const { e\${at}: f } = native; for (let i = 0; i < turns.length; i++) f(turns[i]); }
      },
    }\`,
    import: \`return {
      seen({ calls, turns }) { seen.out\${at}(calls, turns[0]); },
      unseen({ calls, turns }) { native.out\${at}(calls, turns[0]); },
    }\`,
    clocked: \`return {
      seen({ turns }) { const { through\${at}: f } = seen; for (let i = 0; i < turns.length; i++) f(turns[i]); },
    }\`,
    nested: \`return {
      seen({ calls, turns }) { for (let i = 0; i < calls; i++) seen.outer(turns[0]); },
      unseen({ calls, turns }) { for (let i = 0; i < calls; i++) native.outer(turns[0]); },
      empty({ calls }) { for (let i = 0; i < calls; i++) native.outer(1); },
    }\`,
    recursive: \`return {
      seen({ calls, turns }) { for (let i = 0; i < calls; i++) seen.recurse(${DEPTH}, turns[0]); },
      unseen({ calls, turns }) { for (let i = 0; i < calls; i++) native.recurse(${DEPTH}, turns[0]); },
      empty({ calls }) { for (let i = 0; i < calls; i++) native.recurse(${DEPTH}, 1); },
    }\`,
  }[kind])(seen, native));

  const timed = (work, plan) => {
    const start = now();
    work(plan);
    return now() - start;
  };
  globalThis.measure = async (slices) => {
    const measured = plans.map(({ calls, sum }) => ({ calls, turns: sum / calls, seen: [], unseen: [], turn: [[], [], []], empty: [], clocked: 0 }));
    clocked.fill(0);
    for (let slice = 0; slice < slices; slice++) {
      for (const plan of plans) {
        const into = measured[plan.at];
        into.seen.push(timed(run[plan.at].seen, plan));
        if (plan.kind === 'clocked') continue;
        into.unseen.push(timed(run[plan.at].unseen, plan));
        if (!run[plan.at].empty) continue;
        into.turn[0].push(timed(({ sum }) => native.spin(sum), plan) / plan.sum);
        into.turn[1].push(timed(({ sum }) => native.inner(sum), plan) / plan.sum);
        into.turn[2].push(timed(({ turns }) => { for (let i = 0; i < turns.length; i++) native.inner(turns[i]); }, plan) / plan.sum);
        into.empty.push(timed(run[plan.at].empty, plan) / plan.calls);
      }
      await breathe();
    }
    clocked.forEach((time, at) => { measured[at].clocked = time; });
    return measured;
  };
}`;
