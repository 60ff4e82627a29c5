import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness.ts';
import type { Oracle, OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

/** Two suspended exports that resume in the other order, with plain calls between. */
const suspend = async ({ load, order, wasm }: Oracle): Promise<unknown[]> => {
  const { log, note } = order();
  const resume: ((value: number) => void)[] = [];
  const wait = new wasm.Suspending((n: number) => {
    log.push(`wait ${n}`);
    return new Promise<number>((resolve) => resume.push(resolve));
  });
  const { exports } = await load('suspend', { env: { wait } });
  const go = wasm.promising(exports.go) as unknown as (n: number) => Promise<number>;
  const twice = wasm.promising(exports.twice) as unknown as (n: number) => Promise<number>;
  const first = go(1);
  const second = twice(2);
  const values: unknown[] = [exports.next(5)];
  void first.then(note('first'));
  void second.then(note('second'));
  resume[1]?.(10);
  await new Promise((resolve) => setTimeout(resolve));
  values.push(exports.next(6));
  resume[2]?.(100);
  values.push(await second, exports.next(7));
  resume[0]?.(1000);
  values.push(await first, first instanceof Promise);
  return [values, log];
};

test('suspends and resumes inside exports and imports as the engine does', async () => {
  expect(await oracle.same(suspend)).toEqual([
    [6, 7, 100, 8, 1001, true],
    ['wait 1', 'wait 2', 'wait 10', 'second', 'first'],
  ]);
});

test('counts suspended crossings once and puts what runs meanwhile beneath none of them', async () => {
  const opened = await oracle.harness.open({ path: 'oracle' });
  await opened.page.evaluate(`(${suspend.toString()})(globalThis).then(() => {})`);
  const session = await opened.session();
  expect(callsOf(session)).toEqual({ in: { go: 1, twice: 1, next: 3 }, out: { 'env.wait': 3 } });
  const parentsOf = (wanted: string) =>
    Array.from(session.nodes.function)
      .flatMap((fn, at) =>
        session.functions[fn]?.name === wanted
          ? [session.nodes.function[session.nodes.parent[at] as number] as number]
          : [],
      )
      .map((fn) => session.functions[fn]?.name);
  expect(parentsOf('next')).toEqual([undefined]);
  expect(parentsOf('env.wait').sort()).toEqual(['go', 'twice']);
  await opened.close();
});

test('rejects what a suspended import rejects with, and lets the next call be', async () => {
  const seen = await oracle.same(async ({ attempt, load, wasm }) => {
    const own = new RangeError('the page’s');
    let fail = true;
    const { exports } = await load('suspend', {
      env: {
        wait: new wasm.Suspending(async (n: number) => {
          if (fail) throw own;
          return n;
        }),
      },
    });
    const go = wasm.promising(exports.go) as unknown as (n: number) => Promise<number>;
    const same = await go(1).catch((error: unknown) => error === own);
    fail = false;
    return [same, await go(4), await attempt(() => exports.go(1)), exports.next(1)];
  });
  expect(seen).toEqual([true, 5, expect.stringContaining('SuspendError'), 2]);
});

test('keeps the microtasks of a suspending call in the engine’s order', async () => {
  const seen = await oracle.same(async ({ load, order, wasm }) => {
    const logs: string[][] = [];
    for (const value of [() => 3, () => Promise.resolve(3), async () => 3]) {
      const { log, note, ticks } = order();
      const { exports } = await load('suspend', { env: { wait: new wasm.Suspending(value) } });
      const promise = (wasm.promising(exports.twice) as unknown as (n: number) => Promise<number>)(
        1,
      );
      await Promise.all([promise.then(note('settled')), ticks(10)]);
      logs.push(log);
    }
    return logs;
  });
  expect(seen.every((log) => log.includes('settled'))).toBe(true);
});

test('lets exports be called again from within imports, and from tasks between, as Asyncify does', async () => {
  const seen = await oracle.same(async ({ load, wasm }) => {
    const log: string[] = [];
    let depth = 0;
    const { exports } = await load('suspend', {
      env: {
        wait(n: number): number {
          log.push(`wait ${n} at ${depth}`);
          if (depth === 3) return n;
          depth++;
          try {
            return exports.go(n + 1) as unknown as number;
          } finally {
            depth--;
          }
        },
      },
    });
    const first = exports.go(1);
    await new Promise((resolve) => setTimeout(resolve));
    const second = exports.twice(1);
    return [first, second, log, wasm.promising !== undefined];
  });
  expect(seen.slice(0, 2)).toEqual([8, 13]);
});
