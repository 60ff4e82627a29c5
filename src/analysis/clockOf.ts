import type { Realm } from '../session/model.ts';
import type { ClockFigures } from './totalTime.ts';

/**
 * The clock resolution of a page that is not cross-origin isolated, ms (docs/platform.md, "Cost of
 * a crossing").
 */
const COARSE_TICK = 0.1;
/**
 * By how much timing a call may change its duration, beyond the clock's own cost, ms (`npm run
 * bench -- truth`).
 */
const DISTURBED = 1e-4;

/** The clock that a realm's calls were timed with. */
export const clockOf = (realm: Realm | undefined): ClockFigures => ({
  tick: realm?.clockResolution ?? COARSE_TICK,
  cost: realm?.calibration?.clockCost ?? 0,
  costError: realm?.calibration?.clockCostError ?? 0,
  disturbed: DISTURBED,
});
