import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('gives every native back, and what it handed out goes on as it was', async () => {
  const opened = await oracle.harness.open({ path: 'oracle', agent: `{${KEEP}}${agentScript()}` });
  const patched = (await opened.page.evaluate(`(async () => {
    const given = imports();
    globalThis.had = { ...(await load('border', given)), given };
    had.add = had.exports.add;
    had.hidden = had.exports.table.get(1);
    had.promised = WebAssembly.promising(had.add);
    return differing();
  })()`)) as string[];
  expect(patched).toContain('instantiate');
  await opened.stop();
  const after = await opened.page.evaluate(`(async () => {
    const { exports, instance, module, add, hidden, promised, given } = had;
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 2 }, add);
    const again = new WebAssembly.Instance(module, { ...given, a: { ...given.a, one: add } });
    exports.table.set(4, hidden);
    return [
      differing(), add(1), hidden(4), await promised(5), table.get(0) === add, exports.table.get(4) === hidden, again.exports.one === add, again.exports.callOne(2),
      exports.callTable(1), exports.callOne(3), exports.at(4) === hidden, add.name, Object.isFrozen(exports), instance instanceof WebAssembly.Instance,
    ];
  })()`);
  expect(after).toEqual([[], 2, 8, 6, true, true, true, 3, 2, 13, true, '3', true, true]);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

test('leaves what the page has put in a native’s place since', async () => {
  const opened = await oracle.harness.open({ path: 'oracle' });
  await opened.page.evaluate(`{
    const before = WebAssembly.instantiate;
    WebAssembly.instantiate = function own(...args) { return before.apply(this, args); };
  }`);
  await opened.stop();
  expect(
    await opened.page.evaluate(
      `(async () => [WebAssembly.instantiate.name, (await load('border', imports())).exports.add(1), String(WebAssembly.compile)])()`,
    ),
  ).toEqual(['own', 2, 'function compile() { [native code] }']);
  await opened.close();
});
