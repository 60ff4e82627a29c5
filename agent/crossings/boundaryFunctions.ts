import type { FunctionId, FunctionKind, FunctionRow } from '../../src/protocol/rows.ts';
import type { FunctionType, Head, Import } from '../../src/wasm/head.ts';
import { FUNCTION } from '../../src/wasm/head.ts';
import { signatureText } from '../../src/wasm/signature.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { getOrInsert, SafeMap } from '../page/natives.ts';
import type { Counters } from './counters.ts';

/**
 * The boundary functions of a realm, their ids and their slots in the counter memory. Their rows are made when the
 * next chunk is: a module can have tens of thousands, and the page waits for it.
 */
export interface BoundaryFunctions {
  /** The id of a module's imported function, by its function index. */
  importId(module: LoadedModule, described: Import, index: number): FunctionId;
  /** The id of a module's own function, by its index: exported, or met in a table. */
  ownId(module: LoadedModule, index: number): FunctionId;
  /** Where a function's calls are counted, whichever instance they come from; null where the memory is full. */
  slotOf(id: FunctionId): number | null;
  /**
   * The same for a function that may not be what it seems: `keep` says that it is. Until then it has no id.
   */
  trySlot(module: LoadedModule, index: number): { slot: number; keep(): void; drop(): void } | null;
  /** Lists a function whose calls are not counted, and why. */
  unmeasured(module: LoadedModule, kind: FunctionKind, name: string, reason: string): void;
  /** The module whose own function it is; null for an import. */
  ownerOf(id: FunctionId): LoadedModule | null;
  /** Reports the rows of the functions that came since the last time. */
  report(add: (row: FunctionRow) => void): void;
}

interface Known {
  module: LoadedModule;
  /** 'own': exported or only in a table, which its row will tell. */
  kind: FunctionKind | 'own';
  /** Function index; null where only the name is known. */
  index: number | null;
  name: string;
  notMeasuredReason: string | null;
}

export function createBoundaryFunctions(counters: Counters): BoundaryFunctions {
  const all: Known[] = [];
  const slots: (number | null)[] = [];
  let reported = 0;
  let spare: number | null = null;

  function add(row: Known): FunctionId {
    const id = all.length;
    all[id] = row;
    slots[id] = null;
    counters.reserve(id + 1);
    return id;
  }

  function takeSlot(): number | null {
    const slot = spare ?? counters.takeSlots(1);
    spare = null;
    return slot;
  }

  function setSlot(id: FunctionId, slot: number): void {
    slots[id] = slot;
    counters.setSlot(slot, id, all[id]?.kind === 'import' ? 1 : 0);
  }

  /** @param at place in the module's ids: of imports as such they follow those of all functions */
  function idAt(module: LoadedModule, at: number, row: () => Known): FunctionId {
    const { functions, importedFunctions } = module.head as Head;
    module.ids ??= new Int32Array(functions.length + importedFunctions).fill(-1);
    let id = module.ids[at] as number;
    if (id < 0) {
      id = add(row());
      module.ids[at] = id;
    }
    return id;
  }

  const ownId = (module: LoadedModule, index: number): FunctionId =>
    idAt(module, index, () => ({ module, kind: 'own', index, name: '', notMeasuredReason: null }));

  return {
    importId: (module, { module: from, name }, index) =>
      idAt(module, (module.head as Head).functions.length + index, () => ({
        module,
        kind: 'import',
        index,
        name: `${from}.${name}`,
        notMeasuredReason: null,
      })),
    ownId,
    slotOf(id) {
      const slot = slots[id] ?? takeSlot();
      if (slot !== null) setSlot(id, slot);
      return slot;
    },
    trySlot(module, index) {
      const id = module.ids?.[index] ?? -1;
      const had = id >= 0 ? (slots[id] as number | null) : null;
      const slot = had ?? takeSlot();
      return slot === null
        ? null
        : {
            slot,
            keep: () => setSlot(ownId(module, index), slot),
            drop: () => {
              if (had === null) spare = slot;
            },
          };
    },
    unmeasured(module, kind, name, reason) {
      add({ module, kind, index: null, name, notMeasuredReason: reason });
    },
    ownerOf(id) {
      const fn = all[id];
      return fn?.kind === 'own' ? fn.module : null;
    },
    report(to) {
      const texts = new SafeMap<FunctionType, string>();
      const names = new SafeMap<LoadedModule, ReadonlyMap<number, string>>();
      for (; reported < all.length; reported++) {
        const fn = all[reported] as Known;
        const { module, kind, index } = fn;
        const type =
          index === null ? null : module.head?.types[module.head.functions[index] as number];
        const signature = type ? getOrInsert(texts, type, signatureText) : null;
        const row = {
          ...fn,
          id: reported,
          module: module.id,
          signature,
        };
        if (kind === 'own') {
          const exported = getOrInsert(names, module, exportNames).get(index as number);
          row.kind = exported === undefined ? 'table' : 'export';
          row.name = exported ?? `table function ${index}`;
        }
        to(row as FunctionRow);
      }
    },
  };
}

/** The first name under which each function is exported. */
function exportNames({ head }: LoadedModule): ReadonlyMap<number, string> {
  const names = new SafeMap<number, string>();
  for (const { kind, index, name } of head?.exports ?? []) {
    if (kind === FUNCTION && !names.has(index)) names.set(index, name);
  }
  return names;
}
