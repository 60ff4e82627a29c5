import type { Undo } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import { hookTimeline } from './hookTimeline.ts';
import { hookVitals } from './hookVitals.ts';

/**
 * Hooks that only documents have and that patch nothing, so that they need not share the agent's
 * list of natives.
 */
export const pageHooks = (context: HookContext): Undo[] => [
  hookTimeline(context),
  hookVitals(context),
];
