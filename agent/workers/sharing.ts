import type { Head } from '../../src/wasm/head.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeWeakSet } from '../page/natives.ts';
import type { SharedMemories, SharedMemory } from './sharedMemories.ts';
import { createSharedMemories } from './sharedMemories.ts';
import type { PostedModule, SharedModules } from './sharedModules.ts';
import { createSharedModules } from './sharedModules.ts';

/** Describes what the page's next message may contain, for the agent of another realm. */
export type SharedMessage = ['shared', PostedModule[], SharedMemory[]];

/** The agent of another realm, and what it has been sent. */
export interface Peer {
  modules: WeakSet<Head>;
  /** How many shared memories have been described to it. */
  memories: number;
}

export interface Sharing extends Pick<SharedModules, 'find'>, Pick<SharedMemories, 'originOf'> {
  /** Sets the list of this realm's own modules, to which more may be added. */
  setOwnModules(modules: readonly LoadedModule[]): void;
  receive(peer: Peer, message: SharedMessage): void;
  /** Returns what the peer has not been sent yet; null if there is nothing. */
  messageFor(peer: Peer): SharedMessage | null;
}

export const createPeer = (): Peer => ({ modules: new SafeWeakSet(), memories: 0 });

/** @param realm this realm's id */
export function createSharing(realm: string): Sharing {
  const modules = createSharedModules(realm);
  const memories = createSharedMemories();
  let ownModules: readonly LoadedModule[] = [];
  return {
    find: modules.find,
    originOf: memories.originOf,
    setOwnModules(list) {
      ownModules = list;
    },
    receive(peer, [, postedModules, postedMemories]) {
      for (const module of postedModules) peer.modules.add(modules.add(module));
      memories.add(postedMemories);
    },
    messageFor(peer) {
      const newModules = modules.takeNew(peer.modules, ownModules);
      const newMemories = memories.since(peer.memories);
      peer.memories = memories.count();
      return newModules.length + newMemories.length > 0
        ? ['shared', newModules, newMemories]
        : null;
    },
  };
}
