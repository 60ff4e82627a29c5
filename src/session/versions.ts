import { upgrade1to2 } from './upgrade1to2.ts';
import { upgrade2to3 } from './upgrade2to3.ts';

// The versions of the session format. A version that readers must distinguish adds a step here, a
// fixture in test/fixtures/sessions and a dated entry in docs/session-format.md; old files stay
// readable.

/** The version that this build writes, and the newest that it reads. */
export const FORMAT_VERSION = 3;

/**
 * Upgrades parsed JSON from one version to the next. The last result is validated.
 */
export interface Upgrade {
  info(value: unknown): unknown;
  segment(value: unknown): unknown;
}

const unchanged = (value: unknown): unknown => value;

/** Step n − 1 leads from version n to n + 1. */
const UPGRADES: readonly Upgrade[] = [
  { info: unchanged, segment: upgrade1to2 },
  { info: unchanged, segment: upgrade2to3 },
];

/** All steps from this version on, combined. */
export function upgradeFrom(version: number, steps: readonly Upgrade[] = UPGRADES): Upgrade {
  const due = steps.slice(version - 1);
  return {
    info: (value) => due.reduce((before, step) => step.info(before), value),
    segment: (value) => due.reduce((before, step) => step.segment(before), value),
  };
}
