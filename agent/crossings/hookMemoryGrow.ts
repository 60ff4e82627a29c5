import type { Undo } from '../page/patch.ts';
import { call, patchMethod } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import type { Counters } from './counters.ts';
import type { Memories } from './memories.ts';

/** Records growth by script at the call itself, and attributes it to the current crossing. */
export function hookMemoryGrow(context: HookContext, counters: Counters, memories: Memories): Undo {
  return patchMethod(WebAssembly.Memory.prototype, 'grow', (native, self, args) => {
    const before = call(native, self, args);
    context.quietly('a memory’s growth', () =>
      memories.checkObject(self as WebAssembly.Memory, counters.current()),
    );
    return before;
  });
}
