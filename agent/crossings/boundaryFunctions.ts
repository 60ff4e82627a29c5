import type { FunctionId, FunctionKind, FunctionRow } from '../../src/protocol/rows.ts';
import { SLOT_BYTES } from '../../src/wasm/counterLayout.ts';
import { FUNCTION } from '../../src/wasm/head.ts';
import { signatureText } from '../../src/wasm/signature.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeMap } from '../page/natives.ts';
import type { Counters } from './counters.ts';

/**
 * The boundary functions of a realm, their ids and their slots in the counter memory. Ids and slots
 * are allocated for many functions at once, and their rows are built only with the next chunk,
 * because a module can have tens of thousands of functions and the page waits for it.
 */
export interface BoundaryFunctions {
  /**
   * Returns the first slot of a module's imported functions, which follow each other and serve all
   * of its instances. Null if the memory is full.
   */
  importSlots(module: LoadedModule): number | null;
  /** The same for a number of functions that a module exports. */
  exportSlots(module: LoadedModule, count: number): number | null;
  /** Sets the function index of each exported function, in order. */
  nameExports(module: LoadedModule, indices: (at: number) => number): void;
  /**
   * Returns the id of a module's own function by its index, whether exported or found in a table.
   */
  ownId(module: LoadedModule, index: number): FunctionId;
  /** Returns the slot of a module's own function, if it already has one. */
  ownSlot(module: LoadedModule, index: number): number | null;
  /** Records that a function is counted in the slot of a trampoline made in advance. */
  setSlot(id: FunctionId, slot: number): void;
  /**
   * Returns a slot for a function that may turn out to be another. It gets an id only when `keep`
   * confirms it.
   */
  trySlot(module: LoadedModule, index: number): { slot: number; keep(): void; drop(): void } | null;
  /** Lists a function whose calls are not counted, with the reason. */
  unmeasured(module: LoadedModule, kind: FunctionKind, name: string, reason: string): void;
  /** Returns the module that defines a function; null for an import. */
  ownerOf(id: FunctionId): LoadedModule | null;
  /** Reports the rows of functions added since the last call. */
  report(add: (row: FunctionRow) => void): void;
}

/** Functions with consecutive ids. */
interface Range {
  readonly first: FunctionId;
  readonly count: number;
  readonly module: LoadedModule;
  /** 'own': exported, or only found in a table; the row distinguishes the two. */
  readonly kind: FunctionKind | 'own';
  /** The first slot, if slots are consecutive; null if there are none or they are scattered. */
  slot: number | null;
  /** Function index of each; null if only the name is available. */
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
    const existing = ids[index] as number;
    if (existing >= 0) return existing;
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

/** The first export name of each exported function. */
function exportNames({ head }: LoadedModule): ReadonlyMap<number, string> {
  const names = new SafeMap<number, string>();
  for (const { kind, index, name } of head?.exports ?? []) {
    if (kind === FUNCTION && !names.has(index)) names.set(index, name);
  }
  return names;
}
