import type { CopyColumns } from '../../src/protocol/rows.ts';
import { getterOf, SafeMap } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, patchMethod, together } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import type { Counters } from './counters.ts';
import type { Memories } from './memories.ts';

const typedArray = Object.getPrototypeOf(Uint8Array) as { prototype: Uint8Array };
const { isView } = ArrayBuffer;
const bufferOf = getterOf(typedArray, 'buffer');
const sizeOf = getterOf(typedArray, 'byteLength');
const memoryBuffer = getterOf(WebAssembly.Memory, 'buffer');

type Copies = Omit<CopyColumns, 'from' | 'to'>;

export interface CopiesHook {
  undo: Undo;
  /** Bytes per crossing since the last take. */
  take(): Copies | undefined;
}

/**
 * Records the strings and bytes that script copies out of and into wasm memories, per crossing.
 * Active only on request, because every such call in the page then has to look at the wasm
 * memories, whatever it copies.
 */
export function hookCopies(
  context: HookContext,
  counters: Counters,
  memories: Memories,
): CopiesHook {
  let bytes = new SafeMap<number, number>();
  const inWasm = (value: unknown): value is Uint8Array => {
    if (!isView(value) || value instanceof DataView) return false;
    const buffer = bufferOf(value as Uint8Array);
    return memories.objects.some((object) => {
      const memory = object?.deref();
      return memory !== undefined && memoryBuffer(memory) === buffer;
    });
  };
  const undos = (
    [
      [TextDecoder.prototype, 'decode', (_, [from]) => (inWasm(from) ? sizeOf(from) : 0)],
      [
        TextEncoder.prototype,
        'encodeInto',
        (_, [, into], result) => (inWasm(into) ? (result as { written: number }).written : 0),
      ],
      [
        typedArray.prototype,
        'set',
        (into, [from]) =>
          isView(from) && inWasm(into) !== inWasm(from) ? sizeOf(from as Uint8Array) : 0,
      ],
      [
        typedArray.prototype,
        'slice',
        (from, _, result) => (inWasm(from) ? sizeOf(result as Uint8Array) : 0),
      ],
    ] as [object, string, (self: unknown, args: unknown[], result: unknown) => number][]
  ).map(([target, name, counted]) =>
    patchMethod(target, name, (native, self, args) => {
      const result = call(native, self, args);
      context.quietly('copies', () => {
        const count = counted(self, args, result);
        const node = counters.current() ?? 0;
        if (count > 0) bytes.set(node, (bytes.get(node) ?? 0) + count);
      });
      return result;
    }),
  );
  return {
    undo: together(undos),
    take() {
      if (bytes.size === 0) return undefined;
      const columns: Copies = { node: [], bytes: [] };
      bytes.forEach((count, node) => {
        columns.node[columns.node.length] = node;
        columns.bytes[columns.bytes.length] = count;
      });
      bytes = new SafeMap();
      return columns;
    },
  };
}
