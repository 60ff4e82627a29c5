import type { Trampolines } from '../modules/loadedModule.ts';
import type { MemoryCheck } from './kernel.ts';

/** Whether existing trampolines can be reused: same targets, and same memories to check. */
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
