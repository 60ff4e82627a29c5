import type { ModuleRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import { KINDS } from '../modules/describeModule.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeMap, SafeWeakMap } from '../page/natives.ts';

/** What agents tell each other of a module, so that it can be counted wherever it is posted to. */
export interface SharedModule {
  head: Head;
  name: string;
  /** Where it was loaded. */
  from: ModuleRow['origin'];
}

export interface SharedModules {
  /** Told by another realm's agent. */
  learn(module: SharedModule): void;
  /**
   * What is known of a module that came from elsewhere, without where it was loaded if two have the same boundary. Null:
   * nothing, or the boundary of two tells them apart by their signatures only.
   */
  find(object: WebAssembly.Module): SharedModule | null;
  /** Of what others told and of this realm's own, what another agent does not know yet; it does from then on. */
  unknownTo(knows: WeakSet<Head>, own: readonly LoadedModule[]): SharedModule[];
}

// Held before the agent patches them.
const { imports: importsOf, exports: exportsOf } = WebAssembly.Module;
const Bytes = Uint8Array;
const { isArray } = Array;

/** @param realm this one's id */
export function createSharedModules(realm: string): SharedModules {
  /** By what a Module tells of itself. */
  const known = new SafeMap<string, SharedModule | null>();
  const learnt: SharedModule[] = [];
  const copies = new SafeWeakMap<Head, SharedModule>();

  function learn(module: SharedModule): void {
    const { head } = module;
    const key = keyOf(
      head.imports.map((entry) => ({ ...entry, kind: KINDS[entry.kind] as string })),
      head.exports.map((entry) => ({ ...entry, kind: KINDS[entry.kind] as string })),
    );
    const before = known.get(key);
    // Trampolines of another module's signatures would break the page.
    known.set(
      key,
      before === undefined
        ? module
        : before && alike(before.head, head)
          ? { ...before, from: null }
          : null,
    );
    learnt[learnt.length] = module;
  }

  function copyOf(module: LoadedModule, head: Head): SharedModule {
    const made = copies.get(head) ?? {
      head: copied(head),
      name: module.row.name,
      from: { realm, module: module.id },
    };
    copies.set(head, made);
    return made;
  }

  return {
    learn,
    find: (object) =>
      learnt.length === 0 ? null : (known.get(keyOf(importsOf(object), exportsOf(object))) ?? null),
    unknownTo(knows, own) {
      const list: SharedModule[] = [];
      const isNew = (head: Head): boolean => !knows.has(head) && !!knows.add(head);
      for (const module of learnt) if (isNew(module.head)) list[list.length] = module;
      for (const module of own) {
        const { head, row } = module;
        if (head && row.method !== 'received' && isNew(head))
          list[list.length] = copyOf(module, head);
      }
      return list;
    },
  };
}

interface Described {
  module?: string;
  name: string;
  kind: string;
}

function keyOf(imports: readonly Described[], exports: readonly Described[]): string {
  let key = '';
  for (const { module, name, kind } of imports) key += `${module}\0${name}\0${kind}\0`;
  for (const { name, kind } of exports) key += `\n${name}\0${kind}`;
  return key;
}

const alike = (a: Head, b: Head): boolean =>
  sameNumbers(a.typeBytes, b.typeBytes) && sameNumbers(a.functions, b.functions);

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}

/** Without the buffer of the whole module that its parts are views of: that would be posted with them. */
function copied<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Bytes) return new Bytes(value) as Value;
  if (isArray(value)) return value.map(copied) as Value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copied(value[key]);
  return copy as Value;
}
