import type { HookContext } from '../lib/context.ts';
import type { Counters } from '../lib/counters.ts';
import type { Memories } from '../lib/memories.ts';
import type { Undo } from '../lib/patch.ts';
import { call, patchMethod } from '../lib/patch.ts';

/** Growth by script: seen at the call itself, and given to the crossing under way. */
export function hookMemoryGrow(context: HookContext, counters: Counters, memories: Memories): Undo {
  return patchMethod(WebAssembly.Memory.prototype, 'grow', (native, self, args) => {
    const before = call(native, self, args);
    context.quietly('a memory’s growth', () =>
      memories.checkObject(self as WebAssembly.Memory, counters.current()),
    );
    return before;
  });
}
