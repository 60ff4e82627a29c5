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

/** What came of a throw or a trap, and that the instance works after it. */
interface Outcome {
  what: string;
  came: unknown;
  worksAfter: boolean;
}

/** Throws and traps in wasm and in imports, in the page. */
const throwAll = async ({ load, wasm }: Oracle, traps = true): Promise<Outcome[]> => {
  const tag = new wasm.Tag({ parameters: ['i32', 'f64', 'externref'] });
  let act: () => void = () => {};
  const { exports } = await load('throws', { env: { call: () => act(), tag } });
  const seen: Outcome[] = [];
  const run = (
    what: string,
    fn: () => unknown,
    look = (error: unknown): unknown =>
      `${(error as Error).name} ${(error as Error).message} ${(error as object).constructor === (wasm.RuntimeError as unknown)}`,
  ) => {
    let came: unknown;
    try {
      came = fn();
    } catch (error) {
      came = look(error);
    }
    seen.push({ what, came, worksAfter: Object.is(exports.twice(4), 8) });
  };
  const payload = { of: 'the page' };
  run(
    'an exception of wasm',
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
    'an exception of wasm with an export as payload',
    () => exports.throws(5, 1.5, exports.twice),
    (error) => Object.is((error as typeof wasm).getArg(tag, 2), exports.twice),
  );
  const own = new wasm.Exception(tag, [1, 2, exports.throws]);
  act = () => {
    throw own;
  };
  run(
    'an exception of an import',
    () => exports.enter(),
    (error) => [error === own, Object.is((error as typeof wasm).getArg(tag, 2), exports.throws)],
  );
  run('an exception of an import that wasm catches', () => exports.catches());
  act = () => {
    throw payload;
  };
  run(
    'what wasm does not catch',
    () => exports.catches(),
    (error) => error === payload,
  );
  if (traps) {
    for (const trap of ['unreachable', 'divide', 'beyond', 'indirect'] as const)
      run(`the trap ${trap}`, () => exports[trap]());
    act = () => exports.unreachable();
    run('a trap in an import', () => exports.enter());
    run('a trap in an import that wasm catches', () => exports.catches());
  }
  let depth = 0;
  act = () => {
    if (depth++ < 20) exports.enter();
    else throw own;
  };
  run(
    'an exception through twenty calls',
    () => exports.enter(),
    (error) => error === own,
  );
  return seen;
};

describe('exceptions and traps of wasm and of imports', () => {
  let seen: Outcome[];
  beforeAll(async () => {
    // The same as without the agent, or this fails.
    seen = await oracle.same(throwAll);
  });

  test('have their class, tag and payload', () => {
    expect(seen[0]?.came).toEqual([true, true, true, 5, 1.5, true]);
  });

  test('are each seen', () => {
    expect(seen).toHaveLength(12);
  });

  test('leave an instance that works', () => {
    expect(seen.filter(({ worksAfter }) => !worksAfter)).toEqual([]);
  });
});

describe('crossings among exceptions', () => {
  let session: Session;
  /** By name of the function and of the one that it was called in. */
  let parents: [name: string | undefined, parent: string | undefined][];
  beforeAll(async () => {
    const opened = await oracle.harness.open({ path: 'oracle' });
    await opened.page.evaluate(`(${throwAll.toString()})(globalThis, false).then(() => {})`);
    session = await opened.session();
    const nameOf = (node: number): string | undefined =>
      session.functions[session.nodes.function[node] as number]?.name;
    parents = Array.from(session.nodes.function, (_, node) => [
      nameOf(node),
      nameOf(session.nodes.parent[node] as number),
    ]);
    await opened.close();
  });

  const parentsOf = (wanted: string) =>
    parents.filter(([name]) => name === wanted).map(([, parent]) => parent);

  test('are counted exactly', () => {
    expect(callsOf(session).in).toEqual({ twice: 6, throws: 2, enter: 22, catches: 2 });
  });

  test('are at the root after an exception, not beneath what threw', () => {
    expect(parentsOf('twice')).toEqual([undefined]);
  });

  test('are beneath the export that called them', () => {
    expect(new Set(parentsOf('env.call'))).toEqual(new Set(['enter', 'catches']));
  });
});

/** Recurses without an end in wasm, through imports, and where wasm catches what is thrown. */
const recurse = async ({ load, wasm }: Oracle) => {
  const tag = new wasm.Tag({ parameters: ['i32', 'f64', 'externref'] });
  let act: () => void = () => {};
  const { exports } = await load('throws', { env: { call: () => act(), tag } });
  act = () => exports.enter();
  const seen = [];
  for (const start of [() => exports.forever(), () => exports.enter(), () => exports.catches()]) {
    try {
      start();
    } catch (error) {
      const { name, message } = error as Error;
      const ofPage = (error as object).constructor === RangeError;
      seen.push({ name, message, ofPage, worksAfter: Object.is(exports.twice(21), 42) });
    }
  }
  return seen;
};

test('endless recursion ends in the engine’s RangeError, in wasm and through imports', async () => {
  expect(await oracle.same(recurse)).toEqual(
    Array(3).fill({
      name: 'RangeError',
      message: 'Maximum call stack size exceeded',
      ofPage: true,
      worksAfter: true,
    }),
  );
});

test('crossings are counted after endless recursion', async () => {
  const opened = await oracle.harness.open({ path: 'oracle' });
  await opened.page.evaluate(`(${recurse.toString()})(globalThis).then(() => {})`);
  expect(callsOf(await opened.session()).in.twice).toBe(3);
  await opened.close();
});
