import type { Undo } from '../page/patch.ts';
import { call, patchMethod } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import type { Counters } from './counters.ts';
import type { Memories } from './memories.ts';

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
