import { isBaseline } from '../analysis/validity/tierOf.ts';
import { validityOf } from '../analysis/validity/validityOf.ts';
import { modulesByName } from '../metrics/modulesByName.ts';
import type { Session } from '../session/model.ts';
import type { Refusals } from './model.ts';

/** What must be alike on both sides, and in all their runs. */
interface Condition {
  what: string;
  of(session: Session): string;
  /** What cannot be compared where it differs. */
  parts: readonly (keyof Refusals)[];
}

/** The parts of a comparison that may be refused by themselves. */
export const PARTS = ['times', 'memory', 'counts', 'transfer'] as const;

export const noRefusals = (): Refusals => ({ times: [], memory: [], counts: [], transfer: [] });

/** Why nothing of it counts as whole; null where it does. */
export const cutShort = ({ info }: Session): string | null =>
  info.state === 'cut' ? `${info.name} was cut short. ${info.reason}`.trim() : null;

const DEVTOOLS = {
  open: 'open',
  mixed: 'open for a part',
  closed: 'not open',
  unknown: 'not open',
};

const CONDITIONS: readonly Condition[] = [
  { what: 'DevTools', of: ({ info }) => DEVTOOLS[info.conditions.devtools], parts: ['times'] },
  { what: 'the browser', of: ({ info }) => info.conditions.browser, parts: ['times', 'memory'] },
  { what: 'the platform', of: ({ info }) => info.conditions.platform, parts: ['times', 'memory'] },
  {
    what: 'what was changed on purpose',
    of: ({ info }) => info.conditions.setup ?? 'nothing',
    parts: ['times', 'memory', 'transfer'],
  },
  {
    what: 'cross-origin isolation',
    of: ({ realms }) => (realms[0]?.crossOriginIsolated ? 'on' : 'off'),
    parts: ['times'],
  },
  {
    what: 'the way of recording',
    of: ({ info }) => (info.mode === 'attach' ? 'without reloading' : 'from the first script on'),
    parts: PARTS,
  },
  {
    what: 'what was recorded',
    of: ({ info: { settings } }) =>
      ['crossings', 'network', 'page'].filter((name) => settings[name as 'page']).join(', '),
    parts: PARTS,
  },
];

/**
 * Whether the probe found wasm in the baseline tier. On a machine with other work, the engine may not have come to
 * optimise the probe when it ran: seen in 12 of 300 recordings at a load of 11 on two cores. Where it is half of a
 * side's runs, it is taken for what it says.
 */
export const ranInBaseline = (session: Session): boolean => isBaseline(validityOf(session).tier);

const modulesOf = (side: readonly Session[]): string[] => [
  ...new Set(side.flatMap((session) => [...modulesByName(session).keys()])),
];

/** Why parts of these sessions may not be compared: their conditions differ, or they are not whole. */
export function refusalsOf(baseline: readonly Session[], candidate: readonly Session[]): Refusals {
  const refused = noRefusals();
  const refuse = (parts: Condition['parts'], reason: string): void => {
    for (const part of parts) refused[part].push(reason);
  };
  for (const { what, of, parts } of CONDITIONS) {
    const [before, after] = [baseline, candidate].map((sessions) =>
      [...new Set(sessions.map(of))].sort().join(' and '),
    );
    if (before !== after)
      refuse(
        parts,
        `${what} differs: ${before || 'not known'} before, ${after || 'not known'} after.`,
      );
    else if (new Set(baseline.map(of)).size > 1)
      refuse(parts, `${what} differs from run to run: ${before}.`);
  }
  const [before, after] = [baseline, candidate].map(modulesOf) as [string[], string[]];
  if (before.length > 0 && after.length > 0 && !before.some((name) => after.includes(name))) {
    refuse(
      PARTS,
      `The sides have no module in common: ${before.join(', ')} before, ${after.join(', ')} after. Are they the same page?`,
    );
  }
  for (const side of [baseline, candidate]) {
    const slow = side.filter(ranInBaseline);
    if (slow.length * 2 < side.length) continue;
    for (const { info } of slow) {
      refuse(
        ['times'],
        `${info.name}: wasm ran in the engine’s baseline tier, as open DevTools cause. Close DevTools and record again.`,
      );
    }
  }
  for (const session of [...baseline, ...candidate]) {
    const { info, dropped, realms } = session;
    if (realms.length === 0)
      refuse(PARTS, `${info.name} holds no recording: it is empty. Record the page again.`);
    if (dropped.length > 0)
      refuse(
        ['counts', 'transfer'],
        `${info.name}: more happened than could be kept, so that its counts are not whole.`,
      );
    const cut = cutShort(session);
    if (cut !== null) refuse(PARTS, cut);
  }
  return refused;
}
