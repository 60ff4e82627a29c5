import { plainOption, SafeWeakSet } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import {
  call,
  make,
  patchAccessor,
  patchConstructor,
  patchMethod,
  together,
} from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import type { Boundary } from './boundary.ts';

// Hooks the places other than `exports` where function references pass between script and engine:
// tables and globals. The page gets trampolines, the engine real functions. About 0.1 µs per
// access.

export function hookReferences(context: HookContext, boundary: Boundary): Undo {
  const { Table, Global } = WebAssembly;
  /**
   * Tables of externrefs: a function in one is an ordinary value, and wasm gets what the page has.
   */
  const externs = new SafeWeakSet<object>();

  /** The arguments, with the trampoline at one position replaced by the function behind it. */
  const inward = (args: unknown[], at: number): unknown[] =>
    typeof args[at] === 'function' ? args.with(at, boundary.inward(args[at])) : args;
  const outward = (value: unknown, table: WebAssembly.Table | null): unknown =>
    typeof value !== 'function'
      ? value
      : (context.quietly('a function reference', () => boundary.outward(value, table)) ?? value);
  const undos: Undo[] = [
    patchMethod(Table.prototype, 'get', (native, self, args) =>
      outward(call(native, self, args), self as WebAssembly.Table),
    ),
    ...(['set', 'grow'] as const).map((name) =>
      patchMethod(Table.prototype, name, (native, self, args) => {
        const extern = externs.has(self as object);
        const result = call(native, self, extern ? args : inward(args, 1));
        if (!extern) boundary.putInto(self as WebAssembly.Table, args[1]);
        return result;
      }),
    ),
    patchConstructor(WebAssembly, 'Table', (native, args, newTarget) => {
      const extern = plainOption(args[0], 'element') === 'externref';
      const table = make(native, extern ? args : inward(args, 1), newTarget) as WebAssembly.Table;
      if (extern) externs.add(table);
      else boundary.putInto(table, args[1]);
      return table;
    }),
    patchConstructor(WebAssembly, 'Global', (native, args, newTarget) =>
      make(native, inward(args, 1), newTarget),
    ),
    patchAccessor(Global.prototype, 'value', 'get', (native, self, args) =>
      outward(call(native, self, args), null),
    ),
    patchAccessor(Global.prototype, 'value', 'set', (native, self, args) =>
      call(native, self, inward(args, 0)),
    ),
    patchMethod(Global.prototype, 'valueOf', (native, self, args) =>
      outward(call(native, self, args), null),
    ),
  ];
  return together(undos);
}
