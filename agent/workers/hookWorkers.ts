import type { ClosedFrame, Command, Report } from '../../src/protocol/command.ts';
import type { Thread } from '../crossings/counts.ts';
import { restOf } from '../crossings/counts.ts';
import { getterOf, plainOption, SafeSet, SafeWeakMap, SafeWeakRef } from '../page/natives.ts';
import type { NativeFunction, Undo } from '../page/patch.ts';
import { call, make, patchConstructor, patchMethod } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import { randomId } from '../recording/randomId.ts';
import { schedule } from '../recording/schedule.ts';
import { toJson } from '../recording/toJson.ts';
import { dataUrlWith } from './dataUrl.ts';
import type { ScriptBlob } from './hookBlobs.ts';
import { hookBlobs } from './hookBlobs.ts';
import { resolveIn } from './hookWorkerLocation.ts';
import type { Peer, Sharing } from './sharing.ts';
import { createPeer } from './sharing.ts';
import type { FromWorker, ToWorker } from './tagged.ts';
import { listen, tag } from './tagged.ts';
import type { WorkerStart } from './workerStart.ts';
import { given, startText } from './workerStart.ts';

// Held before the page replaces them.
const NativeBlob = Blob;
const NativeURL = URL;
const { createObjectURL, revokeObjectURL } = URL;
const scope = globalThis as unknown as Record<string, { prototype: Partial<Worker> } | undefined>;
/** Shared and service workers have none in some browsers. */
const prototypeOf = (name: string): Partial<Worker> => scope[name]?.prototype ?? {};
const prototype = prototypeOf('Worker');
const post = prototype.postMessage as NativeFunction;
const hrefOf = getterOf(URL, 'href');
const protocolOf = getterOf(URL, 'protocol');
const originOf = getterOf(URL, 'origin');
const { origin } = globalThis;
const query = typeof document === 'object' ? document.querySelector.bind(document) : null;
const types = (globalThis as { trustedTypes?: { defaultPolicy: unknown } }).trustedTypes;
/** How long a stopped worker's last chunk is waited for, ms: its thread may be blocked for good. */
const LAST_CHUNK = 1000;

/** What runs scripts and is not entered: its kind, and the method that is given the script's address. */
const OTHERS = [
  ['service worker', 'ServiceWorkerContainer', 'register', 'it lives on without this page'],
  ['worklet', 'Worklet', 'addModule', 'it has no clock'],
] as const;

interface Entered extends Entry {
  /** From its first message on, where threads share memory. */
  thread: Thread | null;
  worker: WeakRef<Worker>;
  peer: Peer;
}

/** A worker's own address is what the page gave; the agent gets in by another. */
interface Entry {
  url: string;
  told: WorkerStart;
  /** URLs that are needed until the worker has begun. */
  urls: string[];
}

/** The hook that brings the agent into a realm's workers. */
export interface WorkersHook {
  /** Passes a command on to the agents in workers, and notes a frame that is closed to them. */
  command(command: Command | ClosedFrame): void;
  /** Hands over what the workers have counted: they end with their page. */
  leave(): void;
  /** Runs something once the workers' last chunks have come, or will not come any more; false: they are all there. */
  whenStopped(run: () => void): boolean;
}

export interface Surroundings {
  sharing: Sharing;
  report: (report: Report) => void;
  free: boolean;
}

/**
 * Dedicated workers start with the agent in front where that cannot be noticed; all others start as they are and are
 * listed as not measured. A worker costs the agent's own start, some 5 ms of its thread; a message about 1 µs.
 */
export function hookWorkers(
  context: HookContext,
  { sharing, report, free }: Surroundings,
  undos: Undo[],
): WorkersHook {
  const blobs = hookBlobs(context);
  const entered = new SafeWeakMap<object, Entered>();
  const live = new SafeSet<Entered>();
  let started: Command | null = null;
  let whenAllStopped: (() => void) | null = null;

  function tell(record: Entered, message: ToWorker): void {
    const worker = record.worker.deref();
    if (worker) call(post, worker, [tag(record.told.secret, message)]);
    else live.delete(record);
  }

  function gone(record: Entered): void {
    live.delete(record);
    if (live.size === 0) whenAllStopped?.();
  }

  function hear(record: Entered, message: FromWorker): void {
    record.urls.splice(0).forEach(revoke);
    if (message[0] === 'here') record.thread = message[1];
    else if (message[0] === 'news') sharing.hear(record.peer, message);
    else if (message[1].type === 'stopped') gone(record);
    else report(message[1]);
  }

  function attend(worker: Worker, entry: Entry): void {
    const record: Entered = {
      ...entry,
      thread: null,
      worker: new SafeWeakRef(worker),
      peer: createPeer(),
    };
    entered.set(worker, record);
    live.add(record);
    listen<FromWorker>(worker, entry.told.secret, (message) => hear(record, message));
    if (started) tell(record, ['command', started]);
  }

  /** Modules and memories may follow: what they are goes ahead. */
  function share(record: Entered): void {
    const news = sharing.newsFor(record.peer);
    if (news) tell(record, news);
  }

  function leave(what: string, reason: string, kind = 'worker'): null {
    context.unmeasured(`${kind} ${context.cleanUrl(what)}`, reason);
    return null;
  }

  /** Hands over what a thread has counted; whether that could be known. */
  function rest({ thread }: Entered): boolean {
    const chunk = thread && restOf(thread);
    if (chunk) report({ type: 'chunk', chunk: toJson(chunk) });
    return chunk !== null;
  }

  function lose(record: Entered, why: string): void {
    const which = rest(record)
      ? 'what it did since its last chunk other than calls'
      : 'what it did since its last chunk';
    leave(record.told.url, `${why}: ${which} is missing`);
    gone(record);
  }

  function other(url: unknown, reason: string, kind: string): void {
    context.quietly(kind, () => leave(addressOf(url), reason, kind));
  }

  function enter(given: unknown, options: unknown): Entry | null {
    const href = addressOf(given);
    const module = plainOption(options, 'type') === 'module';
    if (href === '' || types?.defaultPolicy) return leave(href, 'its address is of Trusted Types');
    const url = new NativeURL(href);
    const told: WorkerStart = { secret: randomId(), url: href, moved: false, free };
    const data = protocolOf(url) === 'data:';
    if (data || protocolOf(url) === 'blob:') {
      const script = blobs.get(href);
      if (module) return leave(href, 'a module knows its address (import.meta.url)');
      if (!script && !data) return leave(href, 'its blob was not made of text by this page');
      return {
        url: script ? urlOf(inFront(script, told)) : dataUrlWith(href, startText(told)),
        told,
        urls: [],
      };
    }
    if (originOf(url) !== origin) return leave(href, 'it is of another origin');
    if (!free || query?.('meta[http-equiv="content-security-policy" i]')) {
      return leave(href, 'the page’s content security policy may forbid the agent');
    }
    told.moved = true;
    if (!module)
      return { url: urlOf([startText(told), `importScripts(${toJson(href)})`]), told, urls: [] };
    const agent = urlOf([startText(told)]);
    return { url: urlOf([`import${toJson(agent)};import${toJson(href)}`]), told, urls: [agent] };
  }

  undos.push(
    patchConstructor(globalThis, 'Worker', (native, args, newTarget) => {
      const entry = context.quietly('a worker', () => enter(args[0], args[1])) ?? null;
      if (!entry)
        return make(
          native,
          args.length > 0 ? [resolve(args[0]), ...args.slice(1)] : args,
          newTarget,
        );
      try {
        const made = make(native, [entry.url, ...args.slice(1)], newTarget) as Worker;
        context.quietly('a worker', () => attend(made, entry));
        return made;
      } finally {
        revoke(entry.url);
      }
    }),
    patchConstructor(globalThis, 'SharedWorker', (native, args, newTarget) => {
      other(args[0], 'other documents share it by its address', 'shared worker');
      return make(native, args, newTarget);
    }),
    ...OTHERS.map(([kind, holder, method, reason]) =>
      patchMethod(prototypeOf(holder), method, (native, self, args) => {
        other(args[0], reason, kind);
        return call(native, self, args);
      }),
    ),
    patchMethod(prototype, 'postMessage', (native, self, args) => {
      const record = entered.get(self as object);
      if (record) context.quietly('modules for a worker', () => share(record));
      return call(native, self, args);
    }),
    patchMethod(prototype, 'terminate', (native, self, args) => {
      const record = entered.get(self as object);
      if (record && live.has(record)) lose(record, 'it was terminated');
      return call(native, self, args);
    }),
    blobs.undo,
  );

  return {
    command(command) {
      if (command.type === 'closed frame') {
        leave(command.url, command.reason, 'frame');
        return;
      }
      if (command.type === 'start') started = command;
      live.forEach((record) => {
        tell(record, ['command', command]);
      });
    },
    leave: () => live.forEach(rest),
    whenStopped(run) {
      if (live.size === 0) return false;
      whenAllStopped = run;
      schedule(() => {
        live.forEach((record) => {
          lose(record, 'its thread waits or computes without end');
        });
      }, LAST_CHUNK);
      return true;
    },
  };
}

/** What an address means here; '' for an object that is no URL, as making it a text could be seen. */
function addressOf(given: unknown): string {
  const text = given instanceof NativeURL ? hrefOf(given) : given;
  const base = typeof document === 'object' ? document.baseURI : location.href;
  return typeof text === 'string' ? hrefOf(new NativeURL(text, base)) : '';
}

const inFront = ({ strict, blob, named }: ScriptBlob, told: WorkerStart): BlobPart[] => [
  strict ? '"use strict";' : '',
  startText(told),
  blob,
  named ? '' : `\n//# sourceURL=${told.url}`,
];
/** In a worker that was moved, its relative URLs are not the engine's. */
const resolve = (url: unknown): unknown => (given?.moved ? resolveIn(given.url, url) : url);
const urlOf = (parts: BlobPart[]): string =>
  call(createObjectURL, NativeURL, [new NativeBlob(parts, { type: 'text/javascript' })]) as string;
const revoke = (url: string): void => {
  call(revokeObjectURL, NativeURL, [url]);
};
