import type { Command } from '../../src/protocol/command.ts';
import type { MemoryRow } from '../../src/protocol/rows.ts';
import { isShared } from '../../src/wasm/counterMemory.ts';
import type { Thread } from '../crossings/counts.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import type { Undo } from '../page/patch.ts';
import type { Channel } from '../recording/channel.ts';
import type { HookContext } from '../recording/context.ts';
import { hookWorkerLocation } from './hookWorkerLocation.ts';
import type { WorkersHook } from './hookWorkers.ts';
import { hookWorkers } from './hookWorkers.ts';
import { hasNoPolicy } from './noPolicy.ts';
import { openParentChannel } from './parentChannel.ts';
import type { SharedMemory } from './sharedMemories.ts';
import type { SharedModule } from './sharedModules.ts';
import { createSharing } from './sharing.ts';
import { ownStart } from './workerStart.ts';

// How the extension's agent measures workers. (The command line starts an agent in each worker from
// outside the page.)
//
// Getting in. The extension can run a script in documents only. So the agent of a document patches
// the Worker constructor (hookWorkers.ts) and starts the worker from another URL, whose script has
// the agent's own text in front of the worker's script (injectedScript.ts). That needs the text of
// blobs (hookBlobs.ts) and of data URLs (dataUrl.ts). A script from the network keeps its URL and
// is loaded after the agent; in such a worker, `location` and relative URLs are corrected
// (hookWorkerLocation.ts). The agent in a worker does the same for workers of its own.
//
// Coming back. The two agents post messages over the worker's own channel, marked with a secret
// that the page does not have (tagged.ts): commands to the worker, chunks from it
// (parentChannel.ts, enteredWorkers.ts). Before a message of the page's that may contain modules or
// memories, they describe them to each other, so that each keeps one identity (sharing.ts,
// sharedModules.ts, sharedMemories.ts). Where threads share memory, the agent that started a worker
// reads its counts, so that those of a terminated or blocked worker are complete.
//
// Staying out. A worker whose page could notice the agent starts as if Wasmscope were absent: with
// a content security policy that may forbid `blob:` (noPolicy.ts), a module that knows its address,
// a script of another origin, Trusted Types. It is listed as not measured, with the reason, as are
// shared workers, service workers and worklets (hookOtherScripts.ts). docs/realms.md has the whole
// list and the differences that remain.

/** Connects an agent that brings itself into the workers of its realm. */
export interface WorkerInjection {
  /**
   * @param handOverEarly called when the worker may end soon: hands over unless it has just done so
   */
  openChannel(
    context: HookContext,
    thread: Thread,
    onCommand: (command: Command) => void,
    handOverEarly: () => void,
  ): Channel | null;
  /** Returns what another realm's agent described of a module from there. */
  received(object: WebAssembly.Module): SharedModule | null;
  /** Returns where a shared memory at the boundary was first seen; null if it was in this realm. */
  originOf(memory: SharedMemory): MemoryRow['origin'];
  hookWorkers(
    context: HookContext,
    modules: readonly LoadedModule[],
    report: Channel['send'],
    undos: Undo[],
  ): WorkersHook;
}

/**
 * Undefined in a worker that was not started with an inserted agent: its agent came from outside,
 * as do those of its own workers.
 * @param realm this realm's id
 */
export function createWorkerInjection(realm: string): WorkerInjection | undefined {
  if (!ownStart && typeof document !== 'object') return undefined;
  const sharing = createSharing(realm);
  if (ownStart) hookWorkerLocation(ownStart);
  const noPolicy = ownStart ? ownStart.noPolicy : hasNoPolicy();
  return {
    openChannel: (context, thread, onCommand, handOverEarly) =>
      ownStart
        ? openParentChannel(
            context,
            ownStart,
            isShared ? thread : null,
            onCommand,
            handOverEarly,
            sharing,
          )
        : null,
    received: sharing.find,
    originOf: sharing.originOf,
    hookWorkers(context, modules, report, undos) {
      sharing.setOwnModules(modules);
      return hookWorkers(context, sharing, report, noPolicy, undos);
    },
  };
}
