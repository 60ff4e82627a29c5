import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

test('every stack trace has the page’s own frames in the page’s order', async () => {
  const seen = await oracle.same(async ({ bytes, imports, load, wasm }) => {
    const module = new wasm.Module(await bytes('border'));
    /** The page's functions, by the names that it gave them. */
    const own = (stack: string | undefined): string[] => (stack ?? '').match(/page[A-Z]\w*/g) ?? [];
    const lines: string[][] = [];
    let stack: string | undefined;
    const note = (): void => {
      stack = new Error('here').stack;
    };
    const given = imports();
    const link = (one: () => unknown) =>
      new wasm.Instance(module, { a: { ...given.a, one }, b: given.b });
    const { exports } = link(function pageImport() {
      note();
      return 1;
    });
    (function pageOuter() {
      (function pageInner() {
        exports.callOne(1);
      })();
    })();
    lines.push(own(stack));
    (function pageLinks() {
      new wasm.Instance(module, {
        get a() {
          return (function pageGetter() {
            note();
            return given.a;
          })();
        },
        b: given.b,
      });
    })();
    lines.push(own(stack));
    (function pageAsks() {
      exports.table.get({
        valueOf: function pageValue() {
          note();
          return 0;
        },
      });
    })();
    lines.push(own(stack));
    try {
      (function pageFails() {
        new wasm.Instance(module, {});
      })();
    } catch (error) {
      lines.push(own((error as Error).stack));
    }
    try {
      (function pageTraps() {
        exports.at(99);
      })();
    } catch (error) {
      lines.push(own((error as Error).stack));
    }
    const { exports: thrower } = await load('suspend', {
      env: {
        wait: function pageThrows() {
          throw new Error('thrown');
        },
      },
    });
    try {
      (function pageCalls() {
        thrower.go(1);
      })();
    } catch (error) {
      lines.push(own((error as Error).stack));
    }
    return lines;
  });
  expect(seen).toEqual([
    ['pageImport', 'pageInner', 'pageOuter'],
    ['pageGetter', 'pageLinks'],
    ['pageValue', 'pageAsks'],
    ['pageFails'],
    ['pageTraps'],
    ['pageThrows', 'pageCalls'],
  ]);
});

test('the usual patterns parse every line of a stack trace', async () => {
  const seen = await oracle.same(async ({ imports, load, wasm }) => {
    // As error-stack-parser, stacktrace.js and V8's own format have them.
    const FRAME =
      /^\s*at (?:(?:async )?(?:new )?.+? )?\(?(?:<anonymous>|(?:.+?):\d+:\d+|wasm:\/\/wasm\/[\w-]+:wasm-function\[\d+\]:0x[0-9a-f]+)\)?$/;
    const bad: string[] = [];
    let frames = 0;
    const parse = (error: unknown): void => {
      for (const line of ((error as Error).stack ?? '')
        .split('\n')
        .filter((text) => text.trim().startsWith('at '))) {
        frames++;
        if (!FRAME.test(line)) bad.push(line);
      }
    };
    const given = imports();
    given.a.one = () => {
      parse(new Error('in an import'));
      return 1;
    };
    const { exports, module } = await load('border', given);
    exports.callOne(1);
    for (const run of [
      () => exports.at(99),
      () => new wasm.Instance(module, {}),
      () => exports.table.get(99),
      () => new wasm.Table({}),
      () => Function.prototype.toString.call({}),
    ]) {
      try {
        run();
      } catch (error) {
        parse(error);
      }
    }
    // Their number differs: the agent may have one among them.
    return { bad, frames: frames > 10 };
  });
  expect(seen).toEqual({ bad: [], frames: true });
});

test('`Error.prepareStackTrace`, `captureStackTrace` and a limit of frames find the page’s own place', async () => {
  const seen = await oracle.same(async ({ imports, load }) => {
    type Site = { getFunctionName(): string | null };
    const V8 = Error as unknown as {
      prepareStackTrace?: (error: Error, sites: Site[]) => unknown;
      stackTraceLimit: number;
      captureStackTrace(target: object, above?: unknown): void;
    };
    const found: unknown[] = [];
    const given = imports();
    given.a.one = function pageImport() {
      V8.prepareStackTrace = (_, sites) => sites.map((site) => site.getFunctionName());
      const own = {} as { stack: string[] };
      V8.captureStackTrace(own, pageImport);
      found.push(own.stack.filter((name) => name?.startsWith('page')));
      delete V8.prepareStackTrace;
      V8.stackTraceLimit = 1;
      found.push((new Error('one').stack ?? '').match(/page\w+/g));
      V8.stackTraceLimit = 10;
      return 1;
    };
    const { exports } = await load('border', given);
    (function pageCalls() {
      exports.callOne(1);
    })();
    return found;
  });
  expect(seen).toEqual([['pageCalls'], ['pageImport']]);
});

test('a stack trace has at most one frame of the agent’s at a time', async () => {
  const opened = await oracle.harness.open({ path: 'oracle' });
  const frames = await opened.page.evaluate(`(async () => {
    const module = new WebAssembly.Module(await bytes('border'));
    const { exports } = new WebAssembly.Instance(module, imports());
    const count = (run) => { try { run(); } catch (error) { return error.stack.split('\\n').slice(1).findIndex((line) => line.includes('pptr')); } };
    return [
      count(() => exports.table.get(99)), count(() => exports.table.set(99, null)), count(() => new WebAssembly.Instance(module, {})), count(() => new WebAssembly.Module(new Uint8Array(3))),
      count(() => exports.ref.valueOf.call(1)), count(() => { throw new Error('own'); }),
    ];
  })()`);
  expect(frames).toEqual([1, 1, 1, 1, 1, 0]);
  await opened.close();
});
