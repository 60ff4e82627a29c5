import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manyExports } from '../../bench/manyExports.ts';
import type { Session } from '../../src/session/model.ts';
import type { Door } from '../fixtures/doorsModule.ts';
import { DOORS, indexOf } from '../fixtures/doorsModule.ts';
import type { Harness } from './harness.ts';
import { openHarness } from './harness.ts';

// Every place where a function passes the boundary is a door. Counters of the module itself say how
// often each function was called.

let harness: Harness;

/** Ways to an instance. */
const WAYS = {
  'new Instance': 'new WebAssembly.Instance(new WebAssembly.Module(await bytes()), imports)',
  'instantiate(bytes)': '(await WebAssembly.instantiate(await bytes(), imports)).instance',
  'instantiate(module)':
    'await WebAssembly.instantiate(await WebAssembly.compile(await bytes()), imports)',
  instantiateStreaming:
    "(await WebAssembly.instantiateStreaming(fetch('/doors.wasm'), imports)).instance",
};

/** How script calls a function through a door, and which function it calls. */
const KINDS: { door: string; code: string; called: Door }[] = [
  { door: 'an export', code: 'exports.exported()', called: 'exported' },
  { door: 'a table', code: 'exports.table.get(0)()', called: 'inTable' },
  { door: 'a global', code: 'exports.reference.value()', called: 'inGlobal' },
  { door: 'what a call returned', code: 'exports.give()()', called: 'returned' },
  { door: 'an argument of an import', code: 'exports.hand()', called: 'handed' },
  { door: 'an import', code: 'exports.call()', called: 'nothing' },
];

beforeAll(async () => {
  harness = await openHarness({
    routes: {
      '/doors.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(DOORS),
    },
  });
});
afterAll(() => harness?.close());

/** Calls by index of the function in its module, more than 0. */
function callsByIndex(session: Session): Record<number, number> {
  const calls: Record<number, number> = {};
  for (const { node, calls: made } of session.intervals) {
    node.forEach((at, row) => {
      const index = session.functions[session.nodes.function[at] as number]?.index;
      if (index !== null && index !== undefined)
        calls[index] = (calls[index] ?? 0) + (made[row] as number);
    });
  }
  return calls;
}

async function run(instance: string, code: string) {
  const opened = await harness.open();
  const counts = (await opened.page.evaluate(`(async () => {
    const bytes = async () => (await fetch('/doors.wasm')).arrayBuffer();
    const imports = { env: { take: (fn) => fn(), nothing() {} } };
    const { exports } = ${instance};
    ${code}
    return Object.entries(exports).filter(([name]) => name.startsWith('count.')).map(([name, { value }]) => [name.slice(6), value]);
  })()`)) as [Door, number][];
  const session = await opened.session();
  await opened.close();
  const truth = Object.fromEntries(
    counts.filter(([, count]) => count > 0).map(([name, count]) => [indexOf(name), count]),
  );
  return { session, truth };
}

describe.each(Object.entries(WAYS))('a module from %s', (_, instance) => {
  test.each(KINDS)('has each call through $door counted', async ({ code, called }) => {
    const { session, truth } = await run(instance, `for (let i = 0; i < 1234; i++) ${code};`);
    expect(truth[indexOf(called)]).toBe(1234);
    expect(callsByIndex(session)).toEqual(truth);
  });
});

test('calls through all doors in turn are counted, and none is listed as unmeasured', async () => {
  const { session, truth } = await run(
    WAYS['new Instance'],
    `for (let i = 0; i < 500; i++) { ${KINDS.map(({ code }) => code).join(';')} }`,
  );
  expect(callsByIndex(session)).toEqual(truth);
  expect(session.unmeasured).toEqual([]);
});

test.each([
  20, 3000,
])('each call of a module with more than %i exports is counted', async (last) => {
  const opened = await harness.open();
  await opened.page.evaluate(
    async (text, places) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(bytes);
      const functions = Object.values(instance.exports).filter(
        (value) => typeof value === 'function',
      ) as (() => void)[];
      for (const [at, times] of places)
        for (let calls = 0; calls < times; calls++) functions[at]?.();
    },
    Buffer.from(manyExports(last + 1)).toString('base64'),
    [
      [0, 7],
      [20, 100_000],
      [last, 13],
    ] as const,
  );
  expect(callsByIndex(await opened.session())).toEqual(
    last === 20 ? { 0: 7, 20: 100_013 } : { 0: 7, 20: 100_000, [last]: 13 },
  );
  await opened.close();
});
