import { expect } from 'vitest';
import { BORDER } from '../../fixtures/borderModule.ts';
import type { Harness } from '../harness.ts';
import { openHarness } from '../harness.ts';

// The rules of this folder run in a page without and in a page with the agent: the browser is the
// oracle.

/** In every page of `/page`. */
export interface PageHelpers {
  /** What comes of it, in words: the value, or the class and the message of what is thrown. */
  attempt(run: () => unknown): Promise<string>;
  /** Bytes of test/fixtures/borderModule.ts, and imports for it. */
  border(): Promise<Uint8Array<ArrayBuffer>>;
  imports(): {
    a: { one(n: number): number; three(n: number): number; number: number };
    b: { two(): void };
  };
}

const HELPERS = `
  globalThis.attempt = async (run) => {
    try {
      return 'returned ' + String(await run());
    } catch (error) {
      return 'thrown ' + (error?.constructor?.name ?? typeof error) + ' ' + String(error?.message ?? error);
    }
  };
  globalThis.border = async () => new Uint8Array(await (await fetch('/border.wasm')).arrayBuffer());
  globalThis.imports = () => ({ a: { one: (n) => n + 10, three: (n) => n * 3, number: 7 }, b: { two() {} } });
`;

export const page = (script = ''): string =>
  `<!doctype html><title>page</title><script>${HELPERS}${script}</script>`;

export function openPages(options: Parameters<typeof openHarness>[0] = {}): Promise<Harness> {
  return openHarness({
    ...options,
    routes: {
      '/page': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(page()),
      '/border.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(BORDER),
      ...options.routes,
    },
  });
}

/**
 * Expects code to come to the same with the agent as without, on the console too, and returns what
 * it came to.
 */
export async function expectSame<Result>(
  harness: Harness,
  run: (helpers: PageHelpers) => Result | Promise<Result>,
  path = 'page',
): Promise<Result> {
  const look = async (agent: boolean): Promise<{ result: Result; messages: string[] }> => {
    const opened = await harness.open({ path, agent });
    try {
      const result = (await opened.page.evaluate(
        `'use strict'; (${run.toString()})(globalThis)`,
      )) as Result;
      return { result, messages: opened.messages };
    } finally {
      await opened.close();
    }
  };
  const without = await look(false);
  expect(await look(true)).toEqual(without);
  return without.result;
}
