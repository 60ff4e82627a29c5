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
import { openInnerChannel } from './innerChannel.ts';
import { hasNoPolicy } from './noPolicy.ts';
import type { SharedMemory } from './sharedMemories.ts';
import type { SharedModule } from './sharedModules.ts';
import { createSharing } from './sharing.ts';
import { given } from './workerStart.ts';

/** What depends on who brings the agent into workers. */
export interface WorkerInjection {
  /** @param handOverEarly to be called where the worker may end soon: hands over unless it just did */
  openChannel(
    context: HookContext,
    thread: Thread,
    onCommand: (command: Command) => void,
    handOverEarly: () => void,
  ): Channel | null;
  /** What another realm's agent told of a module that came from there. */
  received(object: WebAssembly.Module): SharedModule | null;
  /** A shared memory, met at the boundary: what it is in another realm. */
  met(memory: SharedMemory): MemoryRow['origin'];
  hookWorkers(
    context: HookContext,
    modules: readonly LoadedModule[],
    report: Channel['send'],
    undos: Undo[],
  ): WorkersHook;
}

/**
 * What an agent needs that has to bring itself into the workers of its realm. Undefined in a worker that no agent has
 * sent this one into: there it is as one that is brought from outside.
 * @param realm this one's id
 */
export function createWorkerInjection(realm: string): WorkerInjection | undefined {
  if (!given && typeof document !== 'object') return undefined;
  const sharing = createSharing(realm);
  if (given) hookWorkerLocation(given);
  const free = given ? given.free : hasNoPolicy();
  return {
    openChannel: (context, thread, onCommand, handOverEarly) =>
      given
        ? openInnerChannel(
            context,
            given,
            isShared ? thread : null,
            onCommand,
            handOverEarly,
            sharing,
          )
        : null,
    received: sharing.find,
    met: sharing.meet,
    hookWorkers(context, modules, report, undos) {
      sharing.own(modules);
      return hookWorkers(context, { sharing, report, free }, undos);
    },
  };
}
