import { getterOf } from '../page/natives.ts';
import { call, make, patchAccessor, patchConstructor, patchMethod } from '../page/patch.ts';
import type { WorkerStart } from './workerStart.ts';

declare const WorkerLocation: { prototype: Location };

// Held before the page replaces it.
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
/** What takes a URL, and which argument it is. */
const METHODS: readonly [holder: string, names: readonly string[], argument: number][] = [
  ['XMLHttpRequest', ['open'], 1],
  ['Cache', ['add', 'put', 'match', 'matchAll', 'delete', 'keys'], 0],
  ['CacheStorage', ['match'], 0],
];

/** A URL as the worker means it; what is no text, or none, is left to the native. */
export function resolveIn(url: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return new NativeURL(value, url).href;
  } catch {
    return value; // the engine says what is wrong with it
  }
}

/**
 * A worker that the agent came into by another address than the page gave: its location, and what it makes of relative
 * URLs, are as the page meant them. Never undone, as the worker stays where it is.
 */
export function hookWorkerLocation({ url, moved }: WorkerStart): void {
  const meant = new NativeURL(url);
  for (const part of PARTS) {
    const get = getterOf(NativeURL, part);
    patchAccessor(WorkerLocation.prototype, part, 'get', (native, self, args) => {
      call(native, self, args); // a wrong receiver throws
      return get(meant);
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
    args.map((value, at) => (at === argument ? resolveIn(url, value) : value));
  const scope = globalThis as unknown as Record<string, { prototype: object } | undefined>;
  const own = Object.getPrototypeOf(Object.getPrototypeOf(globalThis)) as object;
  patchMethod(own, 'fetch', (native, self, args) => call(native, self, resolved(args, 0)));
  patchMethod(own, 'importScripts', (native, self, args) =>
    call(
      native,
      self,
      args.map((value) => resolveIn(url, value)),
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
