import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import { callsOf } from '../harness.ts';
import type { Oracle, OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

/** Two suspended exports that resume in the other order, with plain calls between. */
const suspend = async ({ load, order, wasm }: Oracle) => {
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
  const beforeResuming = exports.next(5);
  void first.then(note('first'));
  void second.then(note('second'));
  resume[1]?.(10);
  await new Promise((resolve) => setTimeout(resolve));
  const betweenResuming = exports.next(6);
  resume[2]?.(100);
  const secondResult = await second;
  const afterSecond = exports.next(7);
  resume[0]?.(1000);
  return {
    beforeResuming,
    betweenResuming,
    secondResult,
    afterSecond,
    firstResult: await first,
    isPromise: first instanceof Promise,
    log,
  };
};

test('exports suspend and resume in another order as without the agent', async () => {
  expect(await oracle.same(suspend)).toEqual({
    beforeResuming: 6,
    betweenResuming: 7,
    secondResult: 100,
    afterSecond: 8,
    firstResult: 1001,
    isPromise: true,
    log: ['wait 1', 'wait 2', 'wait 10', 'second', 'first'],
  });
});

describe('suspended crossings', () => {
  let session: Session;
  beforeAll(async () => {
    const opened = await oracle.harness.open({ path: 'oracle' });
    await opened.page.evaluate(`(${suspend.toString()})(globalThis).then(() => {})`);
    session = await opened.session();
    await opened.close();
  });

  /** The names of what the nodes of a function are called in. */
  const parentsOf = (wanted: string): (string | undefined)[] => {
    const { functions, nodes } = session;
    const nameOf = (node: number) => functions[nodes.function[node] as number]?.name;
    return Array.from(nodes.function, (_, node) => node)
      .filter((node) => nameOf(node) === wanted)
      .map((node) => nameOf(nodes.parent[node] as number));
  };

  test('are counted once', () => {
    expect(callsOf(session)).toEqual({ in: { go: 1, twice: 1, next: 3 }, out: { 'env.wait': 3 } });
  });

  test('have nothing beneath them that runs meanwhile', () => {
    expect(parentsOf('next')).toEqual([undefined]);
  });

  test('have their imports beneath them', () => {
    expect(parentsOf('env.wait').sort()).toEqual(['go', 'twice']);
  });
});

test('what a suspended import rejects with rejects its export, and not the next call', async () => {
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

test('a suspending call settles where the engine settles it among microtasks', async () => {
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
  for (const log of seen) expect(log).toContain('settled');
});

test('exports can be called again from imports and from later tasks, as Asyncify does', async () => {
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
