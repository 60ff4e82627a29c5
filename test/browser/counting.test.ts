import { afterAll, beforeAll, expect, test } from 'vitest';
import { crossingTable } from '../../src/analysis/crossingTable.ts';
import type { Session } from '../../src/session/model.ts';
import { COUNTING } from '../fixtures/countingModule.ts';
import type { Harness, Opened } from './harness.ts';
import { callsOf, openHarness } from './harness.ts';

// A module that counts in wasm itself says how many crossings there were.

interface Counting {
  entered: number;
  left: number;
  memory: number;
}
type Run = (work: string) => Promise<Counting>;

let harness: Harness;
const start = `
  const env = {
    nothing() {},
    again: (n) => exports.recurse(n),
    throws() { throw new RangeError('thrown by the page'); },
    burn(ms) { const end = performance.now() + ms; while (performance.now() < end); },
    import_many: (i, j, f, d, ref, k) => [i + Number(j) + f + d + k, ref],
  };
  for (const type of ['i32', 'i64', 'f32', 'f64', 'externref', 'funcref']) env['import_' + type] = (value) => value;
  let exports;
  globalThis.run = async (work) => {
    const { instance } = await WebAssembly.instantiate(await (await fetch('/counting.wasm')).arrayBuffer(), { env });
    exports = instance.exports;
    await (new Function('exports', 'env', 'return (async () => {' + work + '})()'))(exports, env);
    const { entered, left, memory } = exports;
    return { entered: entered.value, left: left.value, memory: memory.buffer.byteLength / 65536 };
  };
`;

beforeAll(async () => {
  harness = await openHarness({
    routes: {
      '/counting.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(COUNTING),
      '/counting': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end(`<!doctype html><script>${start}</script>`),
    },
  });
});
afterAll(() => harness?.close());

const sum = (calls: Record<string, number>): number =>
  Object.values(calls).reduce((a, b) => a + b, 0);

async function counted(work: string): Promise<{ opened: Opened; truth: Counting }> {
  const opened = await harness.open({ path: 'counting' });
  const truth = await opened.page.evaluate(
    (text) => (globalThis as unknown as { run: Run }).run(text),
    work,
  );
  return { opened, truth };
}

/** Runs work in the page and expects the session to have what the module counted. */
async function expectExact(work: string): Promise<Record<string, number>> {
  const { opened, truth } = await counted(work);
  const session = await opened.session();
  const calls = callsOf(session);
  expect({ entered: sum(calls.in), left: sum(calls.out) }).toEqual({
    entered: truth.entered,
    left: truth.left,
  });
  expect(truth.entered).toBeGreaterThan(0);
  expect(opened.messages).toEqual([]);
  await opened.close();
  return { ...calls.in, ...calls.out };
}

test('calls with values of every type are counted, both ways', async () => {
  const calls = await expectExact(`
    const key = {};
    for (let i = 0; i < 300; i++) {
      exports.pass_i32(i); exports.pass_i64(BigInt(i)); exports.pass_f32(i / 2); exports.pass_f64(i / 3);
      exports.pass_externref(key); exports.pass_funcref(exports.recurse); exports.pass_many(1, 2n, 3, 4, key, 5);
    }`);
  expect(calls.pass_i64).toBe(300);
  expect(calls['env.import_many']).toBe(300);
});

test('calls out of a loop in wasm are counted', async () => {
  expect((await expectExact('exports.repeat(100_000)'))['env.nothing']).toBe(100_000);
});

test('nested calls are counted, hundreds deep', async () => {
  expect(await expectExact('exports.recurse(400)')).toEqual({ recurse: 401, 'env.again': 400 });
});

test('calls that throw or trap are counted, and so are those after them', async () => {
  const calls = await expectExact(`
    for (let i = 0; i < 200; i++) {
      try { exports.fail(); } catch {}
      try { exports.trap(); } catch {}
      exports.repeat(3);
    }`);
  expect(calls).toEqual({
    fail: 200,
    trap: 200,
    repeat: 200,
    'env.throws': 200,
    'env.nothing': 600,
  });
});

/** Calls by path, as `outer > inner`. */
function paths({ nodes, functions, intervals }: Session): Record<string, number> {
  const calls: Record<string, number> = {};
  const pathOf = (node: number): string => {
    const above = nodes.parent[node] as number;
    return `${(nodes.parent[above] ?? -1) >= 0 ? `${pathOf(above)} > ` : ''}${functions[nodes.function[node] as number]?.name}`;
  };
  for (const { node, calls: made } of intervals) {
    node.forEach((at, row) => {
      calls[pathOf(at)] = (calls[pathOf(at)] ?? 0) + (made[row] as number);
    });
  }
  return calls;
}

test('a call after a trap is beneath the function that called the one that trapped', async () => {
  const { opened } = await counted(`
    for (let i = 0; i < 50; i++) {
      try { exports.trap(); } catch {}
      exports.repeat(3);
    }
    const { now } = performance;
    performance.now = () => {
      try { exports.trap(); } catch {}
      exports.repeat(2);
      return now.call(performance);
    };
    exports.burn_outside(-1);
    performance.now = now;`);
  const within = 'burn_outside > env.burn';
  expect(paths(await opened.session())).toEqual({
    trap: 50,
    repeat: 50,
    'repeat > env.nothing': 150,
    burn_outside: 1,
    [within]: 1,
    [`${within} > trap`]: 2,
    [`${within} > repeat`]: 2,
    [`${within} > repeat > env.nothing`]: 4,
  });
  await opened.close();
});

test('a function that traps while it is timed is timed again', async () => {
  const { opened } = await counted(
    'for (let i = 0; i < 20_000; i++) try { exports.trap(i % 2) } catch {}',
  );
  const session = await opened.session();
  const timed = session.intervals.reduce(
    (sum, columns) =>
      sum + [...columns.sampledCalls, ...columns.certainCalls].reduce((a, b) => a + b, 0),
    0,
  );
  expect(callsOf(session).in).toEqual({ trap: 20_000 });
  expect(timed).toBeGreaterThan(10);
  await opened.close();
});

test('calls through a table are counted', async () => {
  expect(await expectExact('for (let i = 0; i < 50; i++) exports.table.get(0)(i)')).toEqual({
    'table function 25': 50,
  });
});

test('the session has the memory’s pages, and which function grew it', async () => {
  const { opened, truth } = await counted('exports.grow(1); exports.repeat(5); exports.grow(4);');
  const session = await opened.session();
  expect(
    session.growths.map(({ fromPages, toPages, node }) => [
      fromPages,
      toPages,
      session.functions[session.nodes.function[node ?? -1] ?? -1]?.name,
    ]),
  ).toEqual([
    [1, 2, 'grow'],
    [2, 6, 'grow'],
  ]);
  expect(truth.memory).toBe(6);
  expect(session.memories).toMatchObject([{ name: 'memory', initialPages: 1, maximumPages: 8 }]);
  await opened.close();
});

test('the time of a callee is its own and not its caller’s', async () => {
  const { opened } = await counted('for (let i = 0; i < 40; i++) exports.burn_outside(5);');
  const session = await opened.session();
  const rows = new Map(
    crossingTable(session).map((row) => [session.functions[row.function]?.name, row]),
  );
  const outside = rows.get('burn_outside');
  const burn = rows.get('env.burn');
  // Each burns until the clock has advanced by 5 ms, or longer if the machine was busy with
  // something else.
  expect(burn?.self.value).toBeGreaterThan(195);
  expect(outside?.total.value).toBeGreaterThan(0.99 * (burn?.total.value ?? Infinity));
  expect(outside?.self.value).toBeLessThan(0.1 * (outside?.total.value ?? 0));
  await opened.close();
});

test.each([
  ['values', 'return exports.pass_many(1, 2n, 3, 4, "ref", 5)'],
  ['a number in the place of a BigInt', 'return exports.pass_i64(1)'],
  ['an exception', 'exports.fail()'],
  ['a trap', 'exports.trap()'],
  ['a stack overflow', 'exports.recurse(1e9)'],
  ['a refused growth', 'return [exports.grow(100), exports.memory.buffer.byteLength]'],
  [
    'identities',
    'return [exports.pass_funcref(exports.trap) === exports.trap, exports.table.get(0) === exports.table.get(0), exports.table.get(0).name]',
  ],
])('%s: the same as without the agent', async (_, work) => {
  const results = [];
  for (const agent of [false, true]) {
    const opened = await harness.open({ path: 'counting', agent });
    results.push(
      await opened.page.evaluate(async (text) => {
        const { run } = globalThis as unknown as { run: Run };
        try {
          await run(`globalThis.result = await (async () => {${text}})()`);
          return JSON.stringify((globalThis as unknown as { result: unknown }).result);
        } catch (error) {
          return String(error);
        }
      }, work),
    );
    await opened.close();
  }
  expect(results[1]).toBe(results[0]);
});
