import { getterOf } from '../page/natives.ts';
import { call, make, patchAccessor, patchConstructor, patchMethod } from '../page/patch.ts';
import type { WorkerStart } from './workerStart.ts';

declare const WorkerLocation: { prototype: Location };

// Saved before the page replaces it.
const NativeURL = URL;
const PARTS = [
  'href',
  'protocol',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;
/** Methods that take a URL, and the index of that argument. */
const METHODS: readonly [holder: string, names: readonly string[], argument: number][] = [
  ['XMLHttpRequest', ['open'], 1],
  ['Cache', ['add', 'put', 'match', 'matchAll', 'delete', 'keys'], 0],
  ['CacheStorage', ['match'], 0],
];

/**
 * Resolves a URL against a base; values that are not strings or valid URLs are left to the native.
 */
export function resolveUrl(base: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return new NativeURL(value, base).href;
  } catch {
    return value; // the engine reports what is wrong with it
  }
}

/**
 * In a worker that was started from a different address than the page passed, makes `location` and
 * relative URLs behave as they would without the agent. Never undone, because the worker keeps its
 * address.
 */
export function hookWorkerLocation({ url, moved }: WorkerStart): void {
  const original = new NativeURL(url);
  for (const part of PARTS) {
    const get = getterOf(NativeURL, part);
    patchAccessor(WorkerLocation.prototype, part, 'get', (native, self, args) => {
      call(native, self, args); // a wrong receiver throws
      return get(original);
    });
  }
  patchMethod(WorkerLocation.prototype, 'toString', (native, self, args) => {
    call(native, self, args);
    return url;
  });
  if (moved) resolveUrls(url);
}

function resolveUrls(url: string): void {
  const resolved = (args: unknown[], argument: number): unknown[] =>
    args.map((value, index) => (index === argument ? resolveUrl(url, value) : value));
  const scope = globalThis as unknown as Record<string, { prototype: object } | undefined>;
  const workerScope = Object.getPrototypeOf(Object.getPrototypeOf(globalThis)) as object;
  patchMethod(workerScope, 'fetch', (native, self, args) => call(native, self, resolved(args, 0)));
  patchMethod(workerScope, 'importScripts', (native, self, args) =>
    call(
      native,
      self,
      args.map((value) => resolveUrl(url, value)),
    ),
  );
  for (const name of ['Request', 'EventSource', 'WebSocket']) {
    patchConstructor(globalThis, name, (native, args, newTarget) =>
      make(native, resolved(args, 0), newTarget),
    );
  }
  for (const [holder, names, argument] of METHODS) {
    const target = scope[holder]?.prototype;
    if (!target) continue;
    for (const name of names)
      patchMethod(target, name, (native, self, args) =>
        call(native, self, resolved(args, argument)),
      );
  }
}
