import type { FunctionId, FunctionKind, FunctionRow } from '../../src/protocol/rows.ts';
import { SLOT_BYTES } from '../../src/wasm/counterLayout.ts';
import { FUNCTION } from '../../src/wasm/head.ts';
import { signatureText } from '../../src/wasm/signature.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeMap } from '../page/natives.ts';
import type { Counters } from './counters.ts';

/**
 * The boundary functions of a realm, their ids and their slots in the counter memory. Ids and slots are given to many
 * functions at once, and their rows are made when the next chunk is: a module can have tens of thousands, and the page
 * waits for it.
 */
export interface BoundaryFunctions {
  /**
   * The first slot of a module's imported functions, in their order; whichever instance calls them.
   * Null where the memory is full.
   */
  importSlots(module: LoadedModule): number | null;
  /** The first slot of so many functions that a module exports, likewise. */
  exportSlots(module: LoadedModule, count: number): number | null;
  /** Says which function index each of them has, in their order. */
  nameExports(module: LoadedModule, indices: (at: number) => number): void;
  /** The id of a module's own function, by its index: exported, or met in a table. */
  ownId(module: LoadedModule, index: number): FunctionId;
  /** The slot of a module's own function, where it has one already. */
  ownSlot(module: LoadedModule, index: number): number | null;
  /** Says that a function is counted under a slot of a trampoline that was made in advance. */
  setSlot(id: FunctionId, slot: number): void;
  /**
   * A slot for a function that may not be what it seems: `keep` says that it is. Until then it has no id.
   */
  trySlot(module: LoadedModule, index: number): { slot: number; keep(): void; drop(): void } | null;
  /** Lists a function whose calls are not counted, and why. */
  unmeasured(module: LoadedModule, kind: FunctionKind, name: string, reason: string): void;
  /** The module whose own function it is; null for an import. */
  ownerOf(id: FunctionId): LoadedModule | null;
  /** Reports the rows of the functions that came since the last time. */
  report(add: (row: FunctionRow) => void): void;
}

/** Functions whose ids follow each other. */
interface Range {
  readonly first: FunctionId;
  readonly count: number;
  readonly module: LoadedModule;
  /** 'own': exported or only in a table, which its row will tell. */
  readonly kind: FunctionKind | 'own';
  /** The first slot, where the others follow; null: none, or several slots. */
  slot: number | null;
  /** Function index of each; null where only the name is known. */
  indexOf: ((at: number) => number) | null;
  readonly name: string;
  readonly notMeasuredReason: string | null;
}

const own = (range: Omit<Range, 'first' | 'name' | 'notMeasuredReason'>): Omit<Range, 'first'> => ({
  ...range,
  name: '',
  notMeasuredReason: null,
});

export function createBoundaryFunctions(counters: Counters): BoundaryFunctions {
  const ranges: Range[] = [];
  let next: FunctionId = 0;
  let reported = 0;
  let spare: number | null = null;

  function add(range: Omit<Range, 'first'>): Range {
    const added = { first: next, ...range };
    next += range.count;
    ranges[ranges.length] = added;
    counters.reserve(next);
    return added;
  }

  function addMany(
    module: LoadedModule,
    kind: 'import' | 'own',
    count: number,
    indexOf: Range['indexOf'],
  ): Range {
    const slot = counters.takeSlots(count);
    const range = add(own({ module, kind, count, slot, indexOf }));
    if (slot !== null) counters.setSlots(slot, range.first, count, kind === 'import' ? 1 : 0);
    return range;
  }

  function rangeOf(id: FunctionId): Range {
    let low = 0;
    let high = ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((ranges[middle] as Range).first <= id) low = middle;
      else high = middle - 1;
    }
    return ranges[low] as Range;
  }

  function idsOf(module: LoadedModule): Int32Array {
    if (!module.ids) {
      module.ids = new Int32Array(module.head?.functions.length ?? 0).fill(-1);
      const range = module.exportRange ? rangeOf(module.exportRange) : null;
      if (range) enterIds(module.ids, range);
    }
    return module.ids;
  }

  function enterIds(ids: Int32Array, { first, count, indexOf }: Range): void {
    for (let at = 0; at < count; at++) ids[indexOf?.(at) ?? 0] = first + at;
  }

  const knownId = (module: LoadedModule, index: number): FunctionId =>
    module.ids === null && module.exportRange === null ? -1 : (idsOf(module)[index] as number);

  function ownId(module: LoadedModule, index: number): FunctionId {
    const ids = idsOf(module);
    const known = ids[index] as number;
    if (known >= 0) return known;
    const { first } = add(own({ module, kind: 'own', count: 1, slot: null, indexOf: () => index }));
    ids[index] = first;
    return first;
  }

  function setSlot(id: FunctionId, slot: number): void {
    const range = rangeOf(id);
    if (range.count === 1) range.slot = slot;
    counters.setSlot(slot, id, 0);
  }

  function ownSlot(module: LoadedModule, index: number): number | null {
    const id = knownId(module, index);
    if (id < 0) return null;
    const { slot, first } = rangeOf(id);
    return slot === null ? null : slot + SLOT_BYTES * (id - first);
  }

  return {
    importSlots(module) {
      if (module.importSlot === undefined) {
        const count = module.head?.importedFunctions ?? 0;
        module.importSlot = addMany(module, 'import', count, (at) => at).slot;
      }
      return module.importSlot;
    },
    exportSlots(module, count) {
      if (module.exportSlot === undefined) {
        const range = addMany(module, 'own', count, null);
        module.exportRange = range.first;
        module.exportSlot = range.slot;
      }
      return module.exportSlot;
    },
    nameExports(module, indices) {
      const range = module.exportRange === null ? null : rangeOf(module.exportRange);
      if (!range || range.indexOf) return;
      range.indexOf = indices;
      if (module.ids) enterIds(module.ids, range);
    },
    ownId,
    ownSlot,
    setSlot,
    trySlot(module, index) {
      const had = ownSlot(module, index);
      const slot = had ?? spare ?? counters.takeSlots(1);
      if (had === null) spare = null;
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
      add({ module, kind, count: 1, slot: null, indexOf: null, name, notMeasuredReason: reason });
    },
    ownerOf(id) {
      const { kind, module } = rangeOf(id);
      return kind === 'own' ? module : null;
    },
    report(to) {
      const names = new SafeMap<LoadedModule, ReadonlyMap<number, string>>();
      for (; reported < ranges.length; reported++)
        reportRange(ranges[reported] as Range, names, to);
    },
  };
}

function reportRange(
  range: Range,
  names: Map<LoadedModule, ReadonlyMap<number, string>>,
  to: (row: FunctionRow) => void,
): void {
  const { module, kind, count, first } = range;
  const { head } = module;
  const imported = kind === 'import' && range.indexOf ? importNames(module) : null;
  let exported: ReadonlyMap<number, string> | undefined;
  if (kind === 'own') {
    exported = names.get(module) ?? exportNames(module);
    names.set(module, exported);
  }
  for (let at = 0; at < count; at++) {
    const index = range.indexOf?.(at) ?? null;
    const type = index === null || !head ? null : head.type(head.functions[index] as number);
    const ownName = index === null ? undefined : exported?.get(index);
    to({
      id: first + at,
      module: module.id,
      kind: kind !== 'own' ? kind : ownName === undefined ? 'table' : 'export',
      name:
        imported?.[at] ?? (kind === 'own' ? (ownName ?? `table function ${index}`) : range.name),
      index,
      signature: type ? signatureText(type) : null,
      notMeasuredReason: range.notMeasuredReason,
    });
  }
}

function importNames({ head }: LoadedModule): string[] {
  const names: string[] = [];
  for (const { kind, module, name } of head?.imports ?? [])
    if (kind === FUNCTION) names[names.length] = `${module}.${name}`;
  return names;
}

/** The first name under which each function is exported. */
function exportNames({ head }: LoadedModule): ReadonlyMap<number, string> {
  const names = new SafeMap<number, string>();
  for (const { kind, index, name } of head?.exports ?? []) {
    if (kind === FUNCTION && !names.has(index)) names.set(index, name);
  }
  return names;
}
