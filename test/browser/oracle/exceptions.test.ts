import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness.ts';
import type { Oracle, OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

const throwAll = async ({ load, wasm }: Oracle, traps = true): Promise<unknown[]> => {
  const tag = new wasm.Tag({ parameters: ['i32', 'f64', 'externref'] });
  let act: () => void = () => {};
  const { exports } = await load('throws', { env: { call: () => act(), tag } });
  const seen: unknown[] = [];
  const run = (
    fn: () => unknown,
    look = (error: unknown): unknown =>
      `${(error as Error).name} ${(error as Error).message} ${(error as object).constructor === (wasm.RuntimeError as unknown)}`,
  ) => {
    try {
      seen.push(fn());
    } catch (error) {
      seen.push(look(error));
    }
    seen.push(exports.twice(4));
  };
  const payload = { of: 'the page' };
  run(
    () => exports.throws(5, 1.5, payload),
    (error) => {
      const thrown = error as typeof wasm;
      return [
        thrown instanceof wasm.Exception,
        thrown.is(tag),
        thrown.is(exports.tag),
        thrown.getArg(tag, 0),
        thrown.getArg(tag, 1),
        Object.is(thrown.getArg(tag, 2), payload),
      ];
    },
  );
  run(
    () => exports.throws(5, 1.5, exports.twice),
    (error) => Object.is((error as typeof wasm).getArg(tag, 2), exports.twice),
  );
  const own = new wasm.Exception(tag, [1, 2, exports.throws]);
  act = () => {
    throw own;
  };
  run(
    () => exports.enter(),
    (error) => [error === own, Object.is((error as typeof wasm).getArg(tag, 2), exports.throws)],
  );
  run(() => exports.catches());
  act = () => {
    throw payload;
  };
  run(
    () => exports.catches(),
    (error) => error === payload,
  );
  if (traps) {
    for (const trap of ['unreachable', 'divide', 'beyond', 'indirect'] as const)
      run(() => exports[trap]());
    act = () => exports.unreachable();
    run(() => exports.enter());
    run(() => exports.catches());
  }
  let depth = 0;
  act = () => {
    if (depth++ < 20) exports.enter();
    else throw own;
  };
  run(
    () => exports.enter(),
    (error) => error === own,
  );
  return seen;
};

test('passes wasm exceptions, their payloads and traps of either side unchanged', async () => {
  const seen = await oracle.same(throwAll);
  expect(seen[0]).toEqual([true, true, true, 5, 1.5, true]);
  expect(seen.filter((_, at) => at % 2 === 1)).toEqual(Array(12).fill(8));
});

test('has every crossing beneath the one it was made in after exceptions', async () => {
  const opened = await oracle.harness.open({ path: 'oracle' });
  await opened.page.evaluate(`(${throwAll.toString()})(globalThis, false).then(() => {})`);
  const session = await opened.session();
  const calls = callsOf(session);
  expect(calls.in).toEqual({ twice: 6, throws: 2, enter: 22, catches: 2 });
  const parents = Array.from(session.nodes.function, (fn, at) => [
    session.functions[fn]?.name,
    session.functions[session.nodes.function[session.nodes.parent[at] as number] as number]?.name,
  ]);
  expect(parents.filter(([name]) => name === 'twice').map(([, parent]) => parent)).toEqual([
    undefined,
  ]);
  expect(
    new Set(parents.filter(([name]) => name === 'env.call').map(([, parent]) => parent)),
  ).toEqual(new Set(['enter', 'catches']));
  await opened.close();
});

test('ends endless recursion in the engine’s RangeError, in wasm and through imports, and goes on counting', async () => {
  const work = async ({ load, wasm }: Oracle): Promise<unknown[]> => {
    const tag = new wasm.Tag({ parameters: ['i32', 'f64', 'externref'] });
    let act: () => void = () => {};
    const { exports } = await load('throws', { env: { call: () => act(), tag } });
    act = () => exports.enter();
    const seen: unknown[] = [];
    for (const start of [() => exports.forever(), () => exports.enter(), () => exports.catches()]) {
      try {
        start();
      } catch (error) {
        const { name, message } = error as Error;
        seen.push(name, message, (error as object).constructor === RangeError, exports.twice(21));
      }
    }
    return seen;
  };
  expect(await oracle.same(work)).toEqual(
    Array(3).fill(['RangeError', 'Maximum call stack size exceeded', true, 42]).flat(),
  );
  const opened = await oracle.harness.open({ path: 'oracle' });
  await opened.page.evaluate(`(${work.toString()})(globalThis).then(() => {})`);
  const session = await opened.session();
  expect(callsOf(session).in.twice).toBe(3);
  await opened.close();
});
