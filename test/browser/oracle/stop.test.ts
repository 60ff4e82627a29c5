import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agentScript } from '../harness.ts';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

/** What a page keeps of its natives, before the agent comes. */
const KEEP = `
  const kept = [];
  for (const holder of [WebAssembly, ...['Module', 'Instance', 'Table', 'Global', 'Memory'].flatMap((name) => [WebAssembly[name], WebAssembly[name].prototype]), Function.prototype, Response.prototype, HTMLIFrameElement.prototype]) {
    for (const key of Reflect.ownKeys(holder)) kept.push([holder, key, Reflect.getOwnPropertyDescriptor(holder, key)]);
  }
  const native = fetch;
  Object.defineProperty(globalThis, 'differing', { value: () => kept.filter(([holder, key, before]) => {
    const now = Reflect.getOwnPropertyDescriptor(holder, key);
    return ['value', 'get', 'set'].some((part) => now?.[part] !== before[part]);
  }).map(([, key]) => String(key)).concat(fetch === native ? [] : ['fetch']) });
`;

describe('after Stop', () => {
  let patched: string[];
  let seen: Record<string, unknown>;
  let messages: string[];

  beforeAll(async () => {
    const opened = await oracle.harness.open({
      path: 'oracle',
      agent: `{${KEEP}}${agentScript()}`,
    });
    patched = (await opened.page.evaluate(`(async () => {
      const given = imports();
      globalThis.had = { ...(await load('border', given)), given };
      had.add = had.exports.add;
      had.hidden = had.exports.table.get(1);
      had.promised = WebAssembly.promising(had.add);
      return differing();
    })()`)) as string[];
    await opened.stop();
    seen = (await opened.page.evaluate(`(async () => {
      const { exports, instance, module, add, hidden, promised, given } = had;
      const table = new WebAssembly.Table({ element: 'anyfunc', initial: 2 }, add);
      const again = new WebAssembly.Instance(module, { ...given, a: { ...given.a, one: add } });
      exports.table.set(4, hidden);
      return {
        differing: differing(),
        add: add(1),
        hidden: hidden(4),
        promised: await promised(5),
        inNewTable: table.get(0) === add,
        inOldTable: exports.table.get(4) === hidden,
        inOldTableThroughWasm: exports.at(4) === hidden,
        asImport: again.exports.one === add,
        callsImportedExport: again.exports.callOne(2),
        callsTable: exports.callTable(1),
        callsImport: exports.callOne(3),
        name: add.name,
        frozen: Object.isFrozen(exports),
        instance: instance instanceof WebAssembly.Instance,
      };
    })()`)) as Record<string, unknown>;
    messages = opened.messages;
    await opened.close();
  });

  test('every native is back that the agent had replaced', () => {
    expect(patched).toContain('instantiate');
    expect(seen.differing).toEqual([]);
  });

  test.each([
    ['an export works', 'add', 2],
    ['an export that only a table holds works', 'hidden', 8],
    ['a promising export works', 'promised', 6],
    ['an export can go into a new table', 'inNewTable', true],
    ['an export can go into its instance’s table', 'inOldTable', true],
    ['wasm takes the same export out of its table', 'inOldTableThroughWasm', true],
    ['an export that another instance imports is exported as itself', 'asImport', true],
    ['another instance calls an imported export', 'callsImportedExport', 3],
    ['wasm calls through its table', 'callsTable', 2],
    ['wasm calls its imports', 'callsImport', 13],
    ['an export has its name', 'name', '3'],
    ['exports are frozen', 'frozen', true],
    ['an instance is of its class', 'instance', true],
  ])('%s', (_, name, expected) => {
    expect(seen[name]).toBe(expected);
  });

  test('nothing is on the console', () => {
    expect(messages).toEqual([]);
  });
});

describe('a native that the page has replaced since', () => {
  let seen: { name: string; sum: number; other: string };
  beforeAll(async () => {
    const opened = await oracle.harness.open({ path: 'oracle' });
    await opened.page.evaluate(`{
      const before = WebAssembly.instantiate;
      WebAssembly.instantiate = function own(...args) { return before.apply(this, args); };
    }`);
    await opened.stop();
    seen = (await opened.page.evaluate(`(async () => ({
      name: WebAssembly.instantiate.name,
      sum: (await load('border', imports())).exports.add(1),
      other: String(WebAssembly.compile),
    }))()`)) as typeof seen;
    await opened.close();
  });

  test('stays the page’s after Stop', () => {
    expect(seen.name).toBe('own');
  });

  test('works after Stop', () => {
    expect(seen.sum).toBe(2);
  });

  test('does not keep the others from being given back', () => {
    expect(seen.other).toBe('function compile() { [native code] }');
  });
});
