import type { Border } from '../lib/border.ts';
import type { HookContext } from '../lib/context.ts';
import { OwnWeakMap, plainOption } from '../lib/natives.ts';
import { call, make, patchAccessor, patchConstructor, patchMethod } from '../lib/patch.ts';
import type { Undo } from '../lib/patch.ts';

// Places other than `exports` where function references pass between script and engine: tables and
// globals. The page meets trampolines, the engine real functions. Costs about 0.1 µs an access.

export function hookReferences(context: HookContext, border: Border): Undo {
  const { Table, Global } = WebAssembly;
  const nativeGrow = Table.prototype.grow;
  const externs = new OwnWeakMap<object, boolean>();

  /** Only a table of externrefs takes a number: growing it by nothing tells. A function in it is a value like any other. */
  function isExtern(table: WebAssembly.Table): boolean {
    let extern = externs.get(table);
    if (extern === undefined) {
      try {
        call(nativeGrow, table, [0, 1]);
        extern = true;
      } catch {
        extern = false;
      }
      externs.set(table, extern);
    }
    return extern;
  }

  /** Arguments with the trampoline at one position exchanged for what it stands in front of. */
  const inward = (args: unknown[], at: number, type?: unknown): unknown[] =>
    (typeof args[at] === 'function' && type !== 'externref' ? args.with(at, border.inward(args[at])) : args);
  const outward = (value: unknown, table: WebAssembly.Table | null): unknown => (
    typeof value !== 'function' ? value : (context.quietly('a function reference', () => border.outward(value, table)) ?? value)
  );
  const undos: Undo[] = [
    patchMethod(Table.prototype, 'get', (native, self, args) => outward(call(native, self, args), self as WebAssembly.Table)),
    ...(['set', 'grow'] as const).map((name) => patchMethod(Table.prototype, name, (native, self, args) => {
      if (typeof args[1] !== 'function' || isExtern(self as WebAssembly.Table)) return call(native, self, args);
      const result = call(native, self, inward(args, 1));
      border.putInto(self as WebAssembly.Table, args[1]);
      return result;
    })),
    patchConstructor(WebAssembly, 'Table', (native, args, newTarget) => {
      const table = make(native, inward(args, 1, plainOption(args[0], 'element')), newTarget) as WebAssembly.Table;
      border.putInto(table, args[1]);
      return table;
    }),
    patchConstructor(WebAssembly, 'Global', (native, args, newTarget) => (
      make(native, inward(args, 1, plainOption(args[0], 'value')), newTarget)
    )),
    patchAccessor(Global.prototype, 'value', 'get', (native, self, args) => outward(call(native, self, args), null)),
    patchAccessor(Global.prototype, 'value', 'set', (native, self, args) => call(native, self, inward(args, 0))),
    patchMethod(Global.prototype, 'valueOf', (native, self, args) => outward(call(native, self, args), null)),
  ];
  return () => undos.reverse().forEach((undo) => undo());
}
