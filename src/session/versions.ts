// The session format's versions. A version that changes what a reader must know adds a step here, a fixture in
// test/fixtures/sessions and a dated entry in docs/session-format.md; old files stay readable.

/** What this build writes, and the newest that it reads. */
export const FORMAT_VERSION = 1;

/** From one version to the next: parsed JSON in, parsed JSON out; the guards read what comes out last. */
export interface Upgrade {
  info(value: unknown): unknown;
  segment(value: unknown): unknown;
}

/** Step n − 1 leads from version n to n + 1. Version 1 is the first: there are none yet. */
export const UPGRADES: readonly Upgrade[] = [];

/** All steps from this version on, as one. */
export function upgradeFrom(version: number, steps: readonly Upgrade[] = UPGRADES): Upgrade {
  const due = steps.slice(version - 1);
  return {
    info: (value) => due.reduce((before, step) => step.info(before), value),
    segment: (value) => due.reduce((before, step) => step.segment(before), value),
  };
}
