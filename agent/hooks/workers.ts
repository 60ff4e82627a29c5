import type { Command, Report } from '../../src/protocol/command.ts';
import type { Head } from '../../src/wasm/head.ts';
import type { WorkersHook } from '../agent.ts';
import type { HookContext } from '../lib/context.ts';
import type { LoadedModule } from '../lib/loadedModule.ts';
import { getterOf, OwnSet, OwnWeakMap, OwnWeakRef, OwnWeakSet, plainOption } from '../lib/natives.ts';
import { call, make, patchConstructor, patchMethod } from '../lib/patch.ts';
import type { NativeFunction, Undo } from '../lib/patch.ts';
import { schedule } from '../lib/schedule.ts';
import { listen, seal } from '../lib/sealed.ts';
import type { FromWorker, ToWorker } from '../lib/sealed.ts';
import type { SharedModules } from '../lib/sharedModules.ts';
import { toJson } from '../lib/toJson.ts';
import { given, startText } from '../lib/workerStart.ts';
import type { WorkerStart } from '../lib/workerStart.ts';
import { dataUrlWith } from '../lib/dataUrl.ts';
import { hookBlobs } from './blobs.ts';
import { resolveIn } from './workerLocation.ts';

// Held before the page replaces them.
const NativeBlob = Blob;
const NativeURL = URL;
const { createObjectURL, revokeObjectURL } = URL;
/** Shared and service workers have none in some browsers. */
const workerPrototype = (globalThis as { Worker?: typeof Worker }).Worker?.prototype;
const post = workerPrototype?.postMessage as NativeFunction;
const hrefOf = getterOf(URL, 'href');
const protocolOf = getterOf(URL, 'protocol');
const originOf = getterOf(URL, 'origin');
const { origin } = globalThis;
const query = typeof document === 'object' ? document.querySelector.bind(document) : null;
const types = (globalThis as { trustedTypes?: { defaultPolicy: unknown } }).trustedTypes;
const { from } = Array;
/** How long a stopped worker's last chunk is waited for, ms: its thread may be blocked for good. */
const LAST_CHUNK = 1000;
const BLOCKED = 'its thread waits or computes without end: what it did since its last chunk is missing';

interface Entered {
  worker: WeakRef<Worker>;
  secret: string;
  name: string;
  /** URLs that are needed until the worker has begun. */
  urls: string[];
  /** The modules that its agent knows of. */
  told: WeakSet<Head>;
}

/** A worker's own address is what the page gave; the agent gets in by another. */
interface Entry {
  url: string;
  secret: string;
  /** Revoked once the worker has begun. */
  urls: string[];
  shown: string;
}

export interface Surroundings {
  shared: SharedModules;
  modules: readonly LoadedModule[];
  report: (report: Report) => void;
  free: boolean;
}

/**
 * Dedicated workers start with the agent in front where that cannot be noticed; all others start as they are and are
 * listed as not measured. A worker costs the agent's own start, some 5 ms of its thread; a message about 1 µs.
 */
export function hookWorkers(
  context: HookContext, { shared, modules, report, free }: Surroundings, undos: Undo[],
): WorkersHook {
  const blobs = hookBlobs(context);
  const entered = new OwnWeakMap<object, Entered>();
  const live = new OwnSet<Entered>();
  let started: Command | null = null;
  let whenAllStopped: (() => void) | null = null;

  function tell(record: Entered, message: ToWorker): void {
    const worker = record.worker.deref();
    if (worker) call(post, worker, [seal(record.secret, message)]);
    else live.delete(record);
  }

  function gone(record: Entered): void {
    live.delete(record);
    if (live.size === 0) whenAllStopped?.();
  }

  function hear(record: Entered, message: FromWorker): void {
    record.urls.splice(0).forEach(revoke);
    if (message[0] === 'here') return;
    if (message[1].type === 'stopped') gone(record);
    else report(message[1]);
  }

  function attend(worker: Worker, { secret, urls, shown }: Entry): void {
    const record: Entered = { worker: new OwnWeakRef(worker), secret, urls, name: shown, told: new OwnWeakSet() };
    entered.set(worker, record);
    live.add(record);
    listen<FromWorker>(worker, secret, (message) => hear(record, message));
    if (started) tell(record, ['command', started]);
  }

  /** Modules may follow: their signatures go ahead. */
  function share(record: Entered): void {
    const news = shared.all(modules).filter(({ head }) => !record.told.has(head));
    if (news.length === 0) return;
    news.forEach(({ head }) => record.told.add(head));
    tell(record, ['modules', news]);
  }

  function leave(what: string, reason: string): null {
    context.unmeasured(`worker ${context.cleanUrl(what)}`, reason);
    return null;
  }

  function enter(given: unknown, options: unknown): Entry | null {
    const text = typeof given === 'string' ? given : given instanceof NativeURL ? hrefOf(given) : null;
    const type = plainOption(options, 'type');
    const module = type === 'module';
    if (text === null || types?.defaultPolicy) return leave(String(text), 'its address is of Trusted Types');
    const url = new NativeURL(resolve(text) as string, location.href);
    const href = hrefOf(url);
    const start = (moved: boolean): WorkerStart => ({ secret: randomSecret(), url: href, moved, free });
    if (protocolOf(url) === 'blob:') {
      const script = blobs.get(text);
      if (module) return leave(href, 'a module in a blob knows its own address (import.meta.url)');
      if (!script) return leave(href, 'its blob was not made of text by this page');
      const told = start(false);
      const parts = [script.strict ? '"use strict";' : '', startText(told), script.blob, script.named ? '' : `\n//# sourceURL=${href}`];
      return { url: urlOf(parts), secret: told.secret, urls: [], shown: href };
    }
    if (protocolOf(url) === 'data:') {
      if (module) return leave(href, 'a module in a data URL knows its own address (import.meta.url)');
      const told = start(false);
      return { url: dataUrlWith(href, startText(told)), secret: told.secret, urls: [], shown: href };
    }
    if (originOf(url) !== origin) return leave(href, 'it is of another origin');
    if (!free || query?.('meta[http-equiv="content-security-policy" i]')) {
      return leave(href, 'the page’s content security policy may forbid the agent');
    }
    const told = start(true);
    if (!module) return { url: urlOf([startText(told), `importScripts(${toJson(href)})`]), secret: told.secret, urls: [], shown: href };
    const agent = urlOf([startText(told)]);
    return { url: urlOf([`import${toJson(agent)};import${toJson(href)}`]), secret: told.secret, urls: [agent], shown: href };
  }

  undos.push(
    patchConstructor(globalThis, 'Worker', (native, args, newTarget) => {
      const entry = context.quietly('a worker', () => enter(args[0], args[1])) ?? null;
      if (!entry) return make(native, args.length > 0 ? [resolve(args[0]), ...args.slice(1)] : args, newTarget);
      try {
        const worker = make(native, [entry.url, ...args.slice(1)], newTarget) as Worker;
        context.quietly('a worker', () => attend(worker, entry));
        return worker;
      } finally {
        revoke(entry.url);
      }
    }),
    patchConstructor(globalThis, 'SharedWorker', (native, args, newTarget) => {
      context.unmeasured('a shared worker', 'other tabs may share it');
      return make(native, args, newTarget);
    }),
    patchMethod(workerPrototype ?? {}, 'postMessage', (native, self, args) => {
      const record = entered.get(self as object);
      if (record) context.quietly('modules for a worker', () => share(record));
      return call(native, self, args);
    }),
    patchMethod(workerPrototype ?? {}, 'terminate', (native, self, args) => {
      const record = entered.get(self as object);
      if (record && live.has(record)) {
        leave(record.name, 'it was terminated: what it did since its last chunk, up to a second, is missing');
        gone(record);
      }
      return call(native, self, args);
    }),
    blobs.undo,
  );

  return {
    command(command) {
      started = command.type === 'start' ? command : started;
      live.forEach((record) => tell(record, ['command', command]));
    },
    whenStopped(run) {
      if (live.size === 0) return false;
      whenAllStopped = run;
      schedule(() => live.forEach((record) => {
        leave(record.name, BLOCKED);
        gone(record);
      }), LAST_CHUNK);
      return true;
    },
  };
}

/** In a worker that was moved, its relative URLs are not the engine's. */
const resolve = (url: unknown): unknown => (given?.moved ? resolveIn(given.url, url) : url);
const urlOf = (parts: BlobPart[]): string => call(createObjectURL, NativeURL, [new NativeBlob(parts, { type: 'text/javascript' })]) as string;
const revoke = (url: string): void => {
  call(revokeObjectURL, NativeURL, [url]);
};
const randomSecret = (): string => from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
