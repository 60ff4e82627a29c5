import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

test('every way to an instance reads the getters of the import object once each, in order', async () => {
  const seen = await oracle.same(async ({ bytes, wasm }) => {
    const code = await bytes('border');
    const log: string[] = [];
    const watch = (path: string, values: Record<string, () => unknown>): object => {
      const target = {};
      for (const [name, value] of Object.entries(values)) {
        Object.defineProperty(target, name, {
          get(this: unknown) {
            log.push(`${path}${name} ${this === target}`);
            return value();
          },
        });
      }
      return target;
    };
    const a = watch('a.', {
      one: () => () => 1,
      three: () => () => 3,
      number: () => 7,
      never: () => 0,
    });
    const b = Object.create(watch('b.', { two: () => () => {} })) as object;
    const given = watch('', { a: () => a, b: () => b, c: () => 0 });
    const ways = [
      () => wasm.instantiate(code, given),
      () => wasm.instantiate(new wasm.Module(code), given),
      () => new wasm.Instance(new wasm.Module(code), given),
      () => wasm.instantiateStreaming(fetch('/border.wasm'), given),
      async () => wasm.instantiate(await wasm.compileStreaming(await fetch('/border.wasm')), given),
    ];
    for (const way of ways) {
      log.push('way');
      await way();
    }
    return log;
  });
  expect(seen.slice(0, 9)).toEqual([
    'way',
    'a true',
    'a.one true',
    'b true',
    'b.two false',
    'a true',
    'a.three true',
    'a true',
    'a.number true',
  ]);
  expect(seen).toHaveLength(45);
});

test('a load settles where the engine settles it, among microtasks of getters and of the start function', async () => {
  const seen = await oracle.same(async ({ bytes, order, wasm }) => {
    const code = await bytes('start');
    const module = new wasm.Module(code);
    const logs: string[][] = [];
    const ways = [
      (given: object) => wasm.instantiate(code, given),
      (given: object) => wasm.instantiate(module, given),
      (given: object) => wasm.instantiateStreaming(fetch('/start.wasm'), given),
      (given: object) => wasm.instantiateStreaming(Promise.resolve(fetch('/start.wasm')), given),
      (given: object) => new Promise((resolve) => resolve(wasm.instantiate(code, given))),
    ];
    for (const way of ways) {
      const { log, note, ticks } = order();
      let done: Promise<void> = Promise.resolve();
      const given = {
        get env() {
          log.push('getter');
          done = ticks(8);
          return {
            begin() {
              Promise.resolve()
                .then(note('started'))
                .then(note('after start'))
                .then(note('and after'));
            },
            value: 1,
          };
        },
      };
      const promise = way(given) as unknown as Promise<unknown>;
      await Promise.all([
        promise.then(note('settled')).then(note('after it')),
        promise.finally(note('finally')),
        (async () => {
          await promise;
          log.push('awaited');
        })(),
      ]);
      await done;
      logs.push(log);
    }
    return logs;
  });
  expect(seen[0]?.slice(0, 7)).toEqual([
    'getter',
    'getter',
    'tick 1',
    'tick 1',
    'started',
    'settled',
    'finally',
  ]);
});

test('a load that fails to link or start is rejected where the engine rejects it', async () => {
  const seen = await oracle.same(async ({ bytes, order, wasm }) => {
    const code = await bytes('start');
    const module = new wasm.Module(code);
    const logs: string[][] = [];
    for (const kind of ['link', 'getter', 'start']) {
      for (const way of [
        (given: object) => wasm.instantiate(code, given),
        (given: object) => wasm.instantiate(module, given),
        (given: object) => wasm.instantiateStreaming(fetch('/start.wasm'), given),
      ]) {
        const { log, note, ticks } = order();
        let done: Promise<void> = Promise.resolve();
        const given = {
          get env() {
            done = ticks(6);
            if (kind === 'getter') throw new RangeError('the page’s');
            return kind === 'link'
              ? { begin: 1, value: 1 }
              : {
                  begin() {
                    throw new URIError('started');
                  },
                  value: 1,
                };
          },
        };
        const promise = way(given) as unknown as Promise<unknown>;
        await promise
          .then(note('fulfilled'), (error: Error) => log.push(`rejected ${error.name}`))
          .then(note('after it'));
        await done;
        logs.push(log);
      }
    }
    return logs;
  });
  expect(seen.map((log) => log.find((line) => line.startsWith('rejected')))).toEqual(
    ['LinkError', 'RangeError', 'URIError'].flatMap((name) => Array(3).fill(`rejected ${name}`)),
  );
});

test('a load without a source or with wrong imports is rejected when the engine rejects it', async () => {
  const seen = await oracle.same(async ({ bytes, order, wasm }) => {
    const code = await bytes('border');
    const module = new wasm.Module(code);
    const starts: (() => unknown)[] = [
      () => wasm.compile(),
      () => wasm.compile(1),
      () => wasm.compile(new Uint8Array()),
      () => wasm.instantiate(),
      () => wasm.instantiate({}),
      () => wasm.instantiate(new ArrayBuffer(0), {}),
      () => wasm.instantiate(code, 1),
      () => wasm.instantiate(code, null),
      () => wasm.instantiate(module),
      () => wasm.instantiate(module, 1),
      () => wasm.instantiate(module, {}),
      () => wasm.compileStreaming(),
      () => wasm.compileStreaming(1),
      () => wasm.instantiateStreaming({}, {}),
      () => wasm.instantiateStreaming(undefined, {}),
      () => wasm.instantiateStreaming(code, {}),
      () => wasm.instantiateStreaming({ then: 1 }, {}),
      () =>
        wasm.instantiateStreaming(
          {
            get then() {
              throw new URIError('the page’s');
            },
          },
          {},
        ),
    ];
    const logs: string[][] = [];
    for (const start of starts) {
      const { log, ticks } = order();
      const promise = start() as Promise<unknown>;
      await Promise.all([
        promise.then(
          () => log.push('fulfilled'),
          (error: Error) => log.push(`${error.name} ${error.message}`),
        ),
        ticks(6),
      ]);
      logs.push(log);
    }
    return logs;
  });
  expect(seen).toHaveLength(18);
});

test('every load gives a plain promise of this realm, which is fulfilled with the engine’s objects', async () => {
  const seen = await oracle.same(async ({ bytes, imports, wasm }) => {
    const code = await bytes('border');
    const promises = [
      wasm.compile(code),
      wasm.instantiate(code, imports()),
      wasm.compileStreaming(fetch('/border.wasm')),
      wasm.instantiateStreaming(fetch('/border.wasm'), imports()),
    ];
    const values = (await Promise.all(promises as unknown[])) as Record<string, unknown>[];
    return [
      promises.map((promise) => [
        Object.getPrototypeOf(promise) === Promise.prototype,
        Reflect.ownKeys(promise).length,
        Object.prototype.toString.call(promise),
      ]),
      values.map((value) => [
        Object.prototype.toString.call(value),
        Object.keys(value),
        Object.entries(Object.getOwnPropertyDescriptors(value)).map(
          ([name, { writable, enumerable, configurable }]) => [
            name,
            writable,
            enumerable,
            configurable,
          ],
        ),
      ]),
    ];
  });
  expect(seen[0]).toEqual(Array(4).fill([true, 0, '[object Promise]']));
});
