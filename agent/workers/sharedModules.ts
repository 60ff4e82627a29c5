import type { ModuleRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import { createHead } from '../../src/wasm/head.ts';
import { KINDS } from '../modules/describeModule.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeMap } from '../page/natives.ts';

/** What an agent knows of a module of another realm, so that it can be counted wherever it is posted to. */
export interface SharedModule {
  head: Head;
  name: string;
  /** Where it was loaded. */
  from: ModuleRow['origin'];
}

/** The same as agents post it. */
export interface PostedModule extends Omit<SharedModule, 'head'> {
  /** The head's block. */
  block: Uint8Array<ArrayBuffer>;
}

export interface SharedModules {
  /** Told by another realm's agent. Returns the head. */
  learn(module: PostedModule): Head;
  /**
   * What is known of a module that came from elsewhere, without where it was loaded if two have the same boundary. Null:
   * nothing, or the boundary of two tells them apart by their signatures only.
   */
  find(object: WebAssembly.Module): SharedModule | null;
  /** Of what others told and of this realm's own, what another agent does not know yet; it does from then on. */
  unknownTo(knows: WeakSet<Head>, own: readonly LoadedModule[]): PostedModule[];
}

// Held before the agent patches them.
const { imports: importsOf, exports: exportsOf } = WebAssembly.Module;

/** @param realm this one's id */
export function createSharedModules(realm: string): SharedModules {
  /** By what a Module tells of itself. */
  const known = new SafeMap<string, SharedModule | null>();
  const learnt: SharedModule[] = [];

  function learn({ block, name, from }: PostedModule): Head {
    const head = createHead(block);
    const module: SharedModule = { head, name, from };
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
    return head;
  }

  const posted = ({ head, name, from }: SharedModule): PostedModule => ({
    block: head.block,
    name,
    from,
  });

  return {
    learn,
    find: (object) =>
      learnt.length === 0 ? null : (known.get(keyOf(importsOf(object), exportsOf(object))) ?? null),
    unknownTo(knows, own) {
      const list: PostedModule[] = [];
      const isNew = (head: Head): boolean => !knows.has(head) && !!knows.add(head);
      for (const module of learnt) if (isNew(module.head)) list[list.length] = posted(module);
      for (const module of own) {
        const { head, row } = module;
        if (head && row.method !== 'received' && isNew(head))
          list[list.length] = posted({
            head,
            name: row.name,
            from: { realm, module: module.id },
          });
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
