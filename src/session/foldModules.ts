import type { ModuleRow } from '../protocol/rows.ts';
import { moduleContent } from '../protocol/rows.ts';
import { featureNames } from './featureNames.ts';
import type { Module, ModuleIndex, RealmIndex } from './model.ts';
import { upsert } from './upsert.ts';

/** The modules of a session, those that another realm loaded and posted with their contents. */
export interface ModuleFold {
  /** @param places where the modules of this realm are */
  add(row: ModuleRow, realm: RealmIndex, places: Map<number, ModuleIndex>): void;
  /** @param find where a realm's module is; undefined: it was never reported */
  modules(find: (realmId: string, id: number) => ModuleIndex | undefined): Module[];
}

export function createModuleFold(): ModuleFold {
  const modules: Module[] = [];
  /**
   * Resolved at the end only: segments of a realm may come before those of the realm that posted to
   * it, and bytes may be read last.
   */
  const origins = new Map<ModuleIndex, NonNullable<ModuleRow['origin']>>();

  return {
    add({ id, origin, ...row }, realm, places) {
      const features = row.features && featureNames(row.features);
      const index = upsert(modules, places, id, { ...row, features, realm, origin: null });
      if (origin) origins.set(index, origin);
    },
    modules: (find) =>
      modules.map((module, index) => {
        const posted = origins.get(index);
        const origin = posted && find(posted.realm, posted.module);
        const first = origin === undefined || origin === index ? undefined : modules[origin];
        if (origin === undefined || !first) return module;
        return { ...module, ...moduleContent.pick(first), origin };
      }),
  };
}
