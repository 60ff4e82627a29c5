import type { Session, SessionInfo } from '../../session/model.ts';
import type { Conditions } from './conditions.ts';
import { isBaseline, slowdownOf } from './tierOf.ts';

/** What a reader must know before trusting the figures. src/text/warningText.ts words it. */
export type ValidityWarning =
  /** The recording ended without Stop. */
  | { code: 'cut short'; reason: string }
  | { code: 'no wasm'; mode: SessionInfo['mode'] }
  | {
      code: 'baseline tier';
      /** For a part of the session only. */
      partly: boolean;
      /** How many times too long times are; null: not measured. */
      slowdown: number | null;
      /** Whether open DevTools may be the cause. */
      devtools: boolean;
    }
  /** DevTools were open, and no probe shows the tier. */
  | { code: 'devtools open'; partly: boolean }
  /** The CPU was up to this many times slower at some times than at others. */
  | { code: 'cpu variation'; factor: number }
  | {
      code: 'overhead';
      /** Wasmscope's share of the time, 0 to 1. */
      share: number;
      /** Whether copies were counted, which is optional. */
      copies: boolean;
      /** Whether counting and timing calls took most of it. */
      mostlyCalls: boolean;
    }
  /** ms in which the page was hidden. */
  | { code: 'hidden'; time: number }
  | { code: 'dropped'; rows: Session['dropped'] };

/** Times of the session vary as much as those of its probes. */
const HIGH_CPU_VARIATION = 1.5;
const HIGH_OVERHEAD = 0.06;

export function warningsOf(conditions: Conditions, session: Session): ValidityWarning[] {
  const { cpuVariation, overheadShare, hidden } = conditions;
  const { info, dropped } = session;
  const warnings: ValidityWarning[] = [];
  if (info.state === 'cut') warnings.push({ code: 'cut short', reason: info.reason });
  warnings.push(...wasmWarnings(conditions, session));
  if (cpuVariation !== null && cpuVariation > HIGH_CPU_VARIATION)
    warnings.push({ code: 'cpu variation', factor: cpuVariation });
  if (overheadShare > HIGH_OVERHEAD)
    warnings.push({
      code: 'overhead',
      share: overheadShare,
      copies: info.settings.copies,
      mostlyCalls: isMostlyCalls(session.realms),
    });
  if (hidden > 0) warnings.push({ code: 'hidden', time: hidden });
  if (dropped.length > 0) warnings.push({ code: 'dropped', rows: dropped });
  return warnings;
}

/** Whether more of the overhead is from calls than from hooks and handing over. */
function isMostlyCalls(realms: Session['realms']): boolean {
  const calls = realms.reduce((sum, { overhead }) => sum + overhead.crossings, 0);
  const rest = realms.reduce((sum, { overhead }) => sum + overhead.hooks + overhead.handover, 0);
  return calls > rest;
}

/** Whether wasm ran at all, and how fast: one warning at most. */
function wasmWarnings(
  { tier, devtools }: Conditions,
  { info, modules }: Session,
): ValidityWarning[] {
  if (modules.length === 0 && info.state !== 'recording')
    return [{ code: 'no wasm', mode: info.mode }];
  if (isBaseline(tier))
    return [
      {
        code: 'baseline tier',
        partly: tier.kind === 'mixed',
        slowdown: slowdownOf(tier),
        devtools: devtools !== 'closed',
      },
    ];
  if (tier.kind === 'unknown' && (devtools === 'open' || devtools === 'mixed'))
    return [{ code: 'devtools open', partly: devtools === 'mixed' }];
  return [];
}
