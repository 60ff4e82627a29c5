import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectSame, openRealms, record, sessionOf } from './bothRealms.ts';

// Classic workers of blobs: the agent goes in front, in the first line of the page's own script.

const HELPERS = `<!doctype html><script>
  globalThis.blobUrl = (...parts) => URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  globalThis.answer = (worker) => new Promise((done) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = (event) => {
      // Handled, because it would otherwise be reported as uncaught at an arbitrary time.
      event.preventDefault();
      done(['error', event.message, event.filename, event.lineno]);
    };
  });
</script>`;
const html =
  (headers: Record<string, string> = {}) =>
  (_: unknown, response: import('node:http').ServerResponse) =>
    response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(HELPERS);

declare const blobUrl: (...parts: string[]) => string;
declare const answer: (worker: Worker) => Promise<unknown>;

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    routes: {
      '/page': html(),
      '/policy': html({
        'Content-Security-Policy': "script-src 'self' 'unsafe-inline'; worker-src blob:",
      }),
    },
  });
});
afterAll(() => harness?.close());

const same = <Result>(run: () => Result | Promise<Result>, path = 'page'): Promise<Result> =>
  expectSame(harness, run, path);

test('a blob worker has the address that the page gave, in all its parts', async () => {
  const seen = await same(async () => {
    const url = blobUrl(
      'postMessage([location.href, String(location), location.pathname, location.origin, location.protocol, self.name])',
    );
    const [href, text, pathname, ...rest] = (await answer(
      new Worker(url, { name: 'lamp' }),
    )) as string[];
    return [href === url, text === url, pathname === new URL(url).pathname, rest.slice(1)];
  });
  expect(seen).toEqual([true, true, true, ['blob:', 'lamp']]);
});

test('a blob worker starts although its URL is revoked at once', async () => {
  expect(
    await same(async () => {
      const url = blobUrl('postMessage("here")');
      const worker = new Worker(url);
      URL.revokeObjectURL(url);
      return answer(worker);
    }),
  ).toBe('here');
});

test('a script in a blob stays strict, or not', async () => {
  expect(
    await same(() =>
      Promise.all([
        answer(
          new Worker(
            blobUrl(
              '// why\n"use strict"; postMessage((function () { return this === undefined })())',
            ),
          ),
        ),
        answer(
          new Worker(
            blobUrl(
              "  /* why */ 'use strict'\n",
              'postMessage((function () { return this === undefined })())',
            ),
          ),
        ),
        answer(new Worker(blobUrl('postMessage((function () { return this === undefined })())'))),
      ]),
    ),
  ).toEqual([true, true, false]);
});

test('an error in a blob worker has its message, address and line', async () => {
  const seen = await same(async () => {
    const url = blobUrl('\n\nthrow new TypeError("of the worker")');
    const [kind, message, filename, line] = (await answer(new Worker(url))) as string[];
    return [kind, message, filename === url, line];
  });
  expect(seen).toEqual(['error', 'Uncaught TypeError: of the worker', true, 3]);
});

test('only the page’s own messages arrive at a worker that does not run yet, in order', async () => {
  expect(
    await same(async () => {
      const worker = new Worker(
        blobUrl(
          'const got = []; onmessage = ({ data }) => { got.push(data); if (data === "end") postMessage(got) }',
        ),
      );
      worker.postMessage(1);
      worker.postMessage({ two: 2 });
      worker.postMessage('end');
      return answer(worker);
    }),
  ).toEqual([1, { two: 2 }, 'end']);
});

test('a listener that was removed hears nothing, and onmessage takes its place in the order', async () => {
  expect(
    await same(async () => {
      const worker = new Worker(
        blobUrl(`
      const got = [];
      const gone = () => got.push('gone');
      addEventListener('message', gone);
      addEventListener('message', () => got.push('first'));
      onmessage = () => got.push('second');
      addEventListener('message', ({ data }) => { got.push('third'); if (data === 'end') postMessage(got) });
      removeEventListener('message', gone);
    `),
      );
      const order: string[] = [];
      worker.addEventListener('message', () => order.push('first'));
      const result = answer(worker);
      worker.addEventListener('message', () => order.push('third'));
      worker.postMessage('end');
      return [await result, order];
    }),
  ).toEqual([['first', 'second', 'third'], ['first']]);
});

test('what is transferred is transferred, both ways', async () => {
  expect(
    await same(async () => {
      const worker = new Worker(blobUrl('onmessage = ({ data }) => postMessage(data, [data])'));
      const buffer = new ArrayBuffer(8);
      worker.postMessage(buffer, [buffer]);
      const back = (await answer(worker)) as ArrayBuffer;
      return [buffer.byteLength, back.byteLength];
    }),
  ).toEqual([0, 8]);
});

test('Worker and its methods look and fail like native ones', async () => {
  expect(
    await same(() => {
      const fail = (run: () => unknown): string => {
        try {
          return `${run()}`;
        } catch (error) {
          return `${error}`;
        }
      };
      class Sub extends Worker {}
      const sub = new Sub(blobUrl(''));
      const bad = Worker as unknown as (...args: unknown[]) => unknown;
      return {
        texts: `${Worker} ${Blob} ${URL.createObjectURL} ${Worker.prototype.postMessage}`,
        length: Worker.length,
        name: Worker.name,
        keys: Object.getOwnPropertyNames(Worker).join(),
        makesWorkers: sub instanceof Worker,
        makesOfSubclass: sub instanceof Sub,
        constructorOfSubclass: sub.constructor === Sub,
        constructorOfPrototype: Worker.prototype.constructor === Worker,
        withoutNew: fail(() => bad('x')),
        ofUndefined: fail(() => new Worker(undefined as never)),
        ofNothing: fail(() => new (Worker as unknown as new () => unknown)()),
        ofInvalidAddress: fail(() => new Worker('http://[')),
        ofUnknownType: fail(() => new Worker(blobUrl(''), { type: 'other' as never })),
      };
    }),
  ).toMatchObject({ name: 'Worker' });
});

test('a worker that a blob worker starts is measured as well', async () => {
  const { result, opened } = await record(
    harness,
    async () => {
      const inner = `fetch('${location.origin}/counting.wasm').then((got) => got.arrayBuffer()).then(async (bytes) => {
      const env = new Proxy({}, { get: () => () => {} });
      const { instance } = await WebAssembly.instantiate(bytes, { env });
      instance.exports.repeat(7);
      postMessage(instance.exports.left.value);
    })`;
      const outer = `
      const url = URL.createObjectURL(new Blob([${JSON.stringify(inner)}], { type: 'text/javascript' }));
      new Worker(url, { name: 'inner' }).onmessage = ({ data }) => postMessage(data)`;
      return answer(new Worker(blobUrl(outer), { name: 'outer' }));
    },
    'page',
  );
  expect(result).toBe(7);
  const session = await sessionOf(opened, 3);
  expect(session.realms.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
    'page ',
    'worker inner',
    'worker outer',
  ]);
  await opened.close();
});

test('a policy that allows only workers of blobs refuses and reports nothing', async () => {
  expect(
    await same(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
        violations.push(blockedURI),
      );
      const got = await answer(new Worker(blobUrl('postMessage("here")')));
      return [got, violations];
    }, 'policy'),
  ).toEqual(['here', []]);
});
