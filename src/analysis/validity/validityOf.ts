import { perSession } from '../../session/perSession.ts';
import type { Conditions } from './conditions.ts';
import { overheadOf } from './overheadOf.ts';
import { cpuVariationOf, tierOf } from './tierOf.ts';
import type { ValidityWarning } from './warningsOf.ts';
import { warningsOf } from './warningsOf.ts';

/** The conditions, and what follows from them for the reader. */
export interface Validity extends Conditions {
  warnings: ValidityWarning[];
}

export const validityOf = perSession((session): Validity => {
  const { info, realms, spans, dropped, unmeasured } = session;
  const { browser, platform, version, devtools } = info.conditions;
  const clocks = realms.map(({ clockResolution }) => clockResolution);
  const isolated = realms.filter(({ crossOriginIsolated }) => crossOriginIsolated).length;
  const hidden = spans.filter(({ kind }) => kind === 'visibility');
  const conditions: Conditions = {
    tier: tierOf(session),
    cpuVariation: cpuVariationOf(session),
    devtools,
    clockResolution: clocks.length > 0 ? Math.max(...clocks) : null,
    isolated: isolated === 0 ? 'none' : isolated === realms.length ? 'all' : 'some',
    hidden: hidden.reduce((sum, { duration }) => sum + duration, 0),
    overheadShare: overheadOf(session).share,
    dropped: sumOfCounts(dropped),
    unmeasured: sumOfCounts(unmeasured),
    browser,
    platform,
    version,
  };
  return { ...conditions, warnings: warningsOf(conditions, session) };
});

const sumOfCounts = (rows: readonly { count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);
