import { BORDER } from '../../fixtures/borderModule.ts';
import type { PageHelpers } from '../agent/bothPages.ts';
import { expectSame, openPages, page } from '../agent/bothPages.ts';
import type { Harness } from '../harness.ts';
import { MODULES } from './modules.ts';

// The rules of the WebAssembly JavaScript Interface as scripts of a page. Each runs in a page
// without and in a page with the agent, and comes to the same; what it came to is then held against
// the rule.

type Name =
  | 'Global'
  | 'Instance'
  | 'LinkError'
  | 'Memory'
  | 'Module'
  | 'Suspending'
  | 'Table'
  | 'Tag'
  | 'Exception'
  | 'RuntimeError'
  | 'CompileError'
  | 'add'
  | 'at'
  | 'begin'
  | 'buffer'
  | 'callOne'
  | 'callTwo'
  | 'callThree'
  | 'callTable'
  | 'compile'
  | 'compileStreaming'
  | 'echo'
  | 'exports'
  | 'f'
  | 'get'
  | 'give'
  | 'go'
  | 'grow'
  | 'held'
  | 'instantiate'
  | 'instantiateStreaming'
  | 'instance'
  | 'join'
  | 'm'
  | 'memory'
  | 'next'
  | 'nothing'
  | 'one'
  | 'promising'
  | 'put'
  | 'ref'
  | 'see'
  | 'set'
  | 'show'
  | 't'
  | 'table'
  | 'tag'
  | 'validate'
  | 'value'
  | 'valueOf'
  | 'z'
  | 'throws'
  | 'enter'
  | 'catches'
  | 'unreachable'
  | 'divide'
  | 'beyond'
  | 'indirect'
  | 'forever'
  | 'twice'
  | 'is'
  | 'getArg'
  | 'imports'
  | 'byteLength';

/** What a page gets from wasm, of which it knows what it is. */
export type Anything = {
  (...values: unknown[]): Anything;
  new (...values: unknown[]): Anything;
} & { readonly [Each in Name]: Anything };

/** In every page of the oracle. */
export interface Oracle extends PageHelpers {
  /** A module of modules.ts or `border`. */
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** An instance of it: its exports, and its module. */
  load(
    name: string,
    imports?: object,
  ): Promise<{ exports: Anything; module: WebAssembly.Module; instance: WebAssembly.Instance }>;
  /**
   * The order of what was noted: in steps of the microtask queue, from the moment at which it is
   * made.
   */
  order(): { log: string[]; note(text: string): () => void; ticks(count: number): Promise<void> };
  /** All of the interface, the newest and untyped parts as well. */
  wasm: Anything;
}

const HELPERS = `
  globalThis.wasm = WebAssembly;
  globalThis.bytes = async (name) => new Uint8Array(await (await fetch('/' + name + '.wasm')).arrayBuffer());
  globalThis.load = async (name, imports) => {
    const { instance, module } = await WebAssembly.instantiate(await bytes(name), imports);
    return { exports: instance.exports, instance, module };
  };
  globalThis.order = () => {
    const log = [];
    return {
      log,
      note: (text) => () => void log.push(text),
      async ticks(count) { for (let at = 1; at <= count; at++) { await null; log.push('tick ' + at); } },
    };
  };
`;

export interface OracleHarness {
  harness: Harness;
  /** Runs a script both ways, expects the same, and returns what it came to. */
  same<Result>(run: (page: Oracle) => Result | Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export async function openOracle(
  options: Parameters<typeof openPages>[0] = {},
): Promise<OracleHarness> {
  const modules = Object.entries({ ...MODULES, border: BORDER });
  const wasm = modules.map(
    ([name, bytes]) =>
      [
        `/${name}.wasm`,
        (
          _: unknown,
          response: { writeHead(status: number, headers: object): { end(body: Uint8Array): void } },
        ) => response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(bytes),
      ] as const,
  );
  const harness = await openPages({
    ...options,
    routes: {
      ...(Object.fromEntries(wasm) as object),
      '/oracle': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(page(HELPERS)),
      '/text.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/plain' }).end('no module'),
      '/bad.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end('no module at all'),
      '/empty.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(),
      '/missing.wasm': (_, response) =>
        response.writeHead(404, { 'Content-Type': 'application/wasm' }).end(),
      ...options.routes,
    },
  });
  return {
    harness,
    same: (run) => expectSame(harness, run as unknown as (page: PageHelpers) => never, 'oracle'),
    close: () => harness.close(),
  };
}
