import type { Undo } from '../page/patch.ts';
import { call, make, patchConstructor, patchMethod, together } from '../page/patch.ts';

/** Methods that receive a script's address, and why the agent does not enter that script. */
const METHODS = [
  ['service worker', 'ServiceWorkerContainer', 'register', 'it outlives this page'],
  ['worklet', 'Worklet', 'addModule', 'it has no clock'],
] as const;

/**
 * Lists the shared workers, service workers and worklets of a page, which the agent does not enter.
 * @param onScript must not throw
 */
export function hookOtherScripts(
  onScript: (kind: string, address: unknown, reason: string) => void,
): Undo {
  const scope = globalThis as unknown as Record<string, { prototype: object } | undefined>;
  return together([
    patchConstructor(globalThis, 'SharedWorker', (native, args, newTarget) => {
      onScript('shared worker', args[0], 'other documents share it by its address');
      return make(native, args, newTarget);
    }),
    ...METHODS.map(([kind, holder, method, reason]) =>
      // Some browsers lack these, or provide them in secure contexts only.
      patchMethod(scope[holder]?.prototype ?? {}, method, (native, self, args) => {
        onScript(kind, args[0], reason);
        return call(native, self, args);
      }),
    ),
  ]);
}
