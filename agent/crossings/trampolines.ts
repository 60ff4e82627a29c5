import type { Trampolines } from '../modules/loadedModule.ts';
import type { MemoryCheck } from './kernel.ts';

/** Whether trampolines that were made before serve here: they stand in front of the same, and check the same memories. */
export function isMadeFor(
  made: Trampolines,
  targets: ArrayLike<number>,
  checks: readonly MemoryCheck[],
): boolean {
  if (made.checks.length !== checks.length || made.targets.length !== targets.length) return false;
  for (let at = 0; at < checks.length; at++) {
    const [one, other] = [made.checks[at] as MemoryCheck, checks[at] as MemoryCheck];
    if (one.id !== other.id || one.index !== other.index) return false;
  }
  for (let at = 0; at < targets.length; at++) if (made.targets[at] !== targets[at]) return false;
  return true;
}
