import { getterOf, SafeWeakSet } from './natives.ts';
import type { Undo } from './patch.ts';
import { call, patchAccessor, patchToString, together } from './patch.ts';

/**
 * Makes `Function.prototype.toString` of a new frame print this realm's patched functions as
 * native, from the moment a script first accesses the frame. Nothing else in the frame changes, and
 * the agent keeps no reference to it, so that it can be collected. Costs about 0.2 µs per access.
 */
export function hookFrames(): Undo {
  const seen = new SafeWeakSet<object>();
  const windowOf = getterOf(HTMLIFrameElement, 'contentWindow');

  function enter(frame: HTMLIFrameElement): void {
    let prototype: object;
    try {
      ({ prototype } = (windowOf(frame) as Window & typeof globalThis).Function);
    } catch {
      return; // of another origin, or gone
    }
    if (seen.has(prototype)) return;
    seen.add(prototype);
    patchToString(null, prototype);
  }

  const undos = (['contentWindow', 'contentDocument'] as const).map((name) =>
    patchAccessor(HTMLIFrameElement.prototype, name, 'get', (native, self, args) => {
      const value = call(native, self, args);
      if (value) enter(self as HTMLIFrameElement);
      return value;
    }),
  );
  return together(undos);
}
