import type { Head } from '../../src/wasm/head.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeWeakSet } from '../page/natives.ts';
import type { SharedMemories, SharedMemory } from './sharedMemories.ts';
import { createSharedMemories } from './sharedMemories.ts';
import type { PostedModule, SharedModules } from './sharedModules.ts';
import { createSharedModules } from './sharedModules.ts';

/** What agents of two realms tell each other ahead of a message of the page's: what may come with it. */
export type News = ['news', PostedModule[], SharedMemory[]];

/** The agent of another realm, by what it knows. */
export interface Peer {
  modules: WeakSet<Head>;
  /** How many shared memories it was told of. */
  memories: number;
}

export interface Sharing extends Pick<SharedModules, 'find'>, Pick<SharedMemories, 'meet'> {
  /** Takes this realm's own modules, now and to come. */
  own(modules: readonly LoadedModule[]): void;
  hear(peer: Peer, news: News): void;
  /** What the peer was not told yet. Null: nothing. */
  newsFor(peer: Peer): News | null;
}

export const createPeer = (): Peer => ({ modules: new SafeWeakSet(), memories: 0 });

/** @param realm this one's id */
export function createSharing(realm: string): Sharing {
  const modules = createSharedModules(realm);
  const memories = createSharedMemories();
  let loaded: readonly LoadedModule[] = [];
  return {
    find: modules.find,
    meet: memories.meet,
    own(list) {
      loaded = list;
    },
    hear(peer, [, told, more]) {
      for (const module of told) {
        peer.modules.add(modules.learn(module));
      }
      memories.learn(more);
    },
    newsFor(peer) {
      const told = modules.unknownTo(peer.modules, loaded);
      const more = memories.from(peer.memories);
      peer.memories = more.count;
      return told.length + more.news.length > 0 ? ['news', told, more.news] : null;
    },
  };
}
