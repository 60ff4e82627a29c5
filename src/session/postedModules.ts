import type { ModuleRow } from '../protocol/rows.ts';
import type { Module, ModuleIndex } from './model.ts';

/** Those of a session's modules that another realm loaded and posted. */
export interface PostedModules {
  add(index: ModuleIndex, same: ModuleRow['same']): void;
  /**
   * With what is known of each where it was loaded. Segments of a realm may come before those of the realm that
   * posted to it, and bytes may be read at the end only.
   * @param find the place of a realm's module; undefined: it was never told of
   */
  joined(
    modules: readonly Module[],
    find: (realm: string, id: number) => ModuleIndex | undefined,
  ): Module[];
}

export function createPostedModules(): PostedModules {
  const from = new Map<ModuleIndex, NonNullable<ModuleRow['same']>>();
  return {
    add(index, same) {
      if (same) from.set(index, same);
    },
    joined: (modules, find) =>
      modules.map((module, at) => {
        const origin = from.get(at);
        const same = origin && find(origin.realm, origin.module);
        if (same === undefined || same === at) return module;
        const first = modules[same] as Module;
        const {
          url,
          bytes,
          bytesSeen,
          imports,
          exports,
          sections,
          bodies,
          bodyCount,
          bodyBytes,
          producers,
          features,
        } = first;
        return {
          ...module,
          same,
          url,
          bytes,
          bytesSeen,
          imports,
          exports,
          sections,
          bodies,
          bodyCount,
          bodyBytes,
          producers,
          features,
        };
      }),
  };
}
