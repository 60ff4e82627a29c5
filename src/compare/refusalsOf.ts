import { isBaseline } from '../analysis/validity/tierOf.ts';
import { validityOf } from '../analysis/validity/validityOf.ts';
import { modulesByName } from '../metrics/modulesByName.ts';
import type { Session } from '../session/model.ts';
import type { Condition, Refusal, Refusals } from './refusal.ts';

/** How a condition is read from a session. */
interface ConditionRule {
  condition: Condition;
  /** A code for the value, worded in src/text/refusalText.ts. */
  read(session: Session): string;
  /** What cannot be compared where it differs. */
  parts: readonly (keyof Refusals)[];
}

/** The parts of a comparison that may be refused separately. */
export const PARTS = ['times', 'memory', 'counts', 'transfer'] as const;

export const noRefusals = (): Refusals => ({ times: [], memory: [], counts: [], transfer: [] });

const RECORDED = ['crossings', 'network', 'page'] as const;

const RULES: readonly ConditionRule[] = [
  {
    condition: 'devtools',
    read({ info }) {
      const { devtools } = info.conditions;
      return devtools === 'unknown' ? 'closed' : devtools;
    },
    parts: ['times'],
  },
  {
    condition: 'browser',
    read: ({ info }) => info.conditions.browser,
    parts: ['times', 'memory'],
  },
  {
    condition: 'platform',
    read: ({ info }) => info.conditions.platform,
    parts: ['times', 'memory'],
  },
  {
    condition: 'setup',
    read: ({ info }) => info.conditions.setup ?? '',
    parts: ['times', 'memory', 'transfer'],
  },
  {
    condition: 'isolation',
    read: ({ realms }) => (realms[0]?.crossOriginIsolated ? 'on' : 'off'),
    parts: ['times'],
  },
  {
    condition: 'mode',
    read: ({ info }) => (info.mode === 'attach' ? 'attach' : 'reload'),
    parts: PARTS,
  },
  {
    condition: 'settings',
    read: ({ info: { settings } }) => RECORDED.filter((name) => settings[name]).join(', '),
    parts: PARTS,
  },
];

/**
 * Whether the probe found wasm in the baseline tier. On a busy machine the engine may not have
 * optimised the probe yet when it ran: seen in 12 of 300 recordings at a load of 11 on two cores.
 * So it counts only if at least half of a side's runs agree.
 */
export const ranInBaseline = (session: Session): boolean => isBaseline(validityOf(session).tier);

const modulesOf = (side: readonly Session[]): string[] => [
  ...new Set(side.flatMap((session) => [...modulesByName(session).keys()])),
];

type Refuse = (parts: readonly (keyof Refusals)[], refusal: Refusal) => void;

/**
 * Why parts of these sessions cannot be compared: their conditions differ, or they are incomplete.
 */
export function refusalsOf(baseline: readonly Session[], candidate: readonly Session[]): Refusals {
  const refused = noRefusals();
  const refuse: Refuse = (parts, refusal) => {
    for (const part of parts) refused[part].push(refusal);
  };
  refuseConditions(baseline, candidate, refuse);
  const modules = { baseline: modulesOf(baseline), candidate: modulesOf(candidate) };
  const isOther =
    modules.baseline.length > 0 &&
    modules.candidate.length > 0 &&
    !modules.baseline.some((name) => modules.candidate.includes(name));
  if (isOther) refuse(PARTS, { code: 'no common module', ...modules });
  for (const side of [baseline, candidate]) {
    const slow = side.filter(ranInBaseline);
    if (slow.length * 2 < side.length) continue;
    for (const { info } of slow) refuse(['times'], { code: 'baseline tier', session: info.name });
  }
  for (const session of [...baseline, ...candidate]) refuseIncomplete(session, refuse);
  return refused;
}

function refuseConditions(
  baseline: readonly Session[],
  candidate: readonly Session[],
  refuse: Refuse,
): void {
  for (const { condition, read, parts } of RULES) {
    const valuesOf = (side: readonly Session[]): string[] => [...new Set(side.map(read))].sort();
    const [before, after] = [valuesOf(baseline), valuesOf(candidate)];
    if (before.join('\n') !== after.join('\n')) {
      refuse(parts, { code: 'condition differs', condition, baseline: before, candidate: after });
    } else if (before.length > 1) {
      refuse(parts, { code: 'condition varies', condition, values: before });
    }
  }
}

function refuseIncomplete({ info, dropped, realms }: Session, refuse: Refuse): void {
  const { name: session } = info;
  if (realms.length === 0) refuse(PARTS, { code: 'empty', session });
  if (dropped.length > 0) refuse(['counts', 'transfer'], { code: 'dropped', session });
  if (info.state === 'cut') refuse(PARTS, { code: 'cut short', session, reason: info.reason });
}
