import type { ModuleRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import { createHead } from '../../src/wasm/head.ts';
import { KINDS } from '../modules/describeModule.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeMap } from '../page/natives.ts';

/**
 * A module from another realm, described so that its calls can be counted wherever it is posted to.
 */
export interface SharedModule {
  head: Head;
  name: string;
  /** Where it was loaded. */
  from: ModuleRow['origin'];
}

/** The form in which agents post it. */
export interface PostedModule extends Omit<SharedModule, 'head'> {
  /** The head's block. */
  block: Uint8Array<ArrayBuffer>;
}

export interface SharedModules {
  /** Adds what another realm's agent described. Returns the head. */
  add(module: PostedModule): Head;
  /**
   * Returns the description of a module that was posted to the page, without its origin if several
   * modules have the same imports, exports and signatures. Null if it is not from another realm, or
   * if several differ only in their signatures.
   */
  find(object: WebAssembly.Module): SharedModule | null;
  /**
   * Returns modules, including this realm's own, whose heads are not in `sent` yet, and adds them
   * to it.
   */
  takeNew(sent: WeakSet<Head>, own: readonly LoadedModule[]): PostedModule[];
}

// Saved before the agent patches them.
const { imports: importsOf, exports: exportsOf } = WebAssembly.Module;

/** @param realm this realm's id */
export function createSharedModules(realm: string): SharedModules {
  /**
   * By imports and exports, as listed by a Module object. Null: several modules differ in their
   * signatures.
   */
  const byBoundary = new SafeMap<string, SharedModule | null>();
  const added: SharedModule[] = [];

  function add({ block, name, from }: PostedModule): Head {
    const head = createHead(block);
    const module: SharedModule = { head, name, from };
    const key = keyOf(head.imports, head.exports);
    byBoundary.set(key, merge(byBoundary.get(key), module));
    added[added.length] = module;
    return head;
  }

  function find(object: WebAssembly.Module): SharedModule | null {
    if (added.length === 0) return null;
    return byBoundary.get(keyOf(importsOf(object), exportsOf(object))) ?? null;
  }

  function takeNew(sent: WeakSet<Head>, own: readonly LoadedModule[]): PostedModule[] {
    const posted: PostedModule[] = [];
    const take = (head: Head, name: string, from: ModuleRow['origin']): void => {
      if (sent.has(head)) return;
      sent.add(head);
      posted[posted.length] = { block: head.block, name, from };
    };
    for (const { head, name, from } of added) take(head, name, from);
    for (const { head, row, id } of own)
      if (head && row.method !== 'received') take(head, row.name, { realm, module: id });
    return posted;
  }

  return { add, find, takeNew };
}

/**
 * Trampolines with wrong signatures would break the page, so a module with uncertain signatures is
 * not measured.
 */
function merge(before: SharedModule | null | undefined, module: SharedModule): SharedModule | null {
  if (before === undefined) return module;
  return before && haveSameSignatures(before.head, module.head) ? { ...before, from: null } : null;
}

interface BoundaryEntry {
  module?: string;
  name: string;
  /** A head has it as a number. */
  kind: string | number;
}

function keyOf(imports: readonly BoundaryEntry[], exports: readonly BoundaryEntry[]): string {
  let key = '';
  for (const { module, name, kind } of imports) key += `${module}\0${name}\0${textOf(kind)}\0`;
  for (const { name, kind } of exports) key += `\n${name}\0${textOf(kind)}`;
  return key;
}

const textOf = (kind: string | number): string | undefined =>
  typeof kind === 'number' ? KINDS[kind] : kind;

const haveSameSignatures = (a: Head, b: Head): boolean =>
  sameNumbers(a.typeBytes, b.typeBytes) && sameNumbers(a.functions, b.functions);

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return a.length === b.length;
}
