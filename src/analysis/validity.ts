import { BASELINE_FROM, OPTIMISED_BELOW } from '../protocol/tiers.ts';
import type { Realm, Session } from '../session/model.ts';

/** Under what conditions a session's figures were taken: measured, not guessed. */
export interface Validity {
  /**
   * The tier that wasm ran in, by the time of a recursion in wasm over that of the same in JavaScript: optimised wasm
   * takes a third of JavaScript's time, the baseline tier that open DevTools keep it in more than it (PLATFORM.md, 1).
   * `drift` is how many times longer than the shortest the longest probe in JavaScript took: the machine was
   * throttled or had other work.
   */
  tier: {
    kind: 'optimised' | 'baseline' | 'mixed' | 'unknown';
    ratio: number | null;
    drift: number | null;
  };
  devtools: 'open' | 'closed' | 'mixed' | 'unknown';
  /** Coarsest clock of the realms, ms. */
  clockResolution: number | null;
  isolated: 'all' | 'none' | 'some';
  /** ms in which pages were hidden, all together. */
  hidden: number;
  /** The agent's own cost, as its share of the time of the threads that it ran in, 0 to 1. */
  overheadShare: number;
  /** Rows that were dropped, parts that were not measured. */
  dropped: number;
  unmeasured: number;
  browser: string;
  platform: string;
  version: string;
  /** What a reader must know before trusting the figures, in sentences. */
  warnings: string[];
}

/** Of the probe in optimised code (PLATFORM.md, 1: a third of JavaScript's time). */
const OPTIMISED = 1 / 3;
/** Probes that took this many times longer than the shortest: times of the session scatter as much. */
const MUCH_DRIFT = 1.5;
const MUCH_OVERHEAD = 0.06;

/** Whether wasm ran in the baseline tier, if only for a part. */
export const isBaseline = ({ kind }: Validity['tier']): boolean =>
  kind === 'baseline' || kind === 'mixed';

/** By how much the baseline tier made wasm slower than the optimised one, in words: as measured, where it ran all the time. */
export const timesSlower = ({ kind, ratio }: Validity['tier']): string =>
  kind === 'baseline' && ratio !== null
    ? `about ${(ratio / OPTIMISED).toFixed(0)} times`
    : 'several times';

export function validityOf(session: Session): Validity {
  const { info, realms, spans, dropped, unmeasured } = session;
  const { browser, platform, version, devtools } = info.conditions;
  const clocks = realms.map(({ clockResolution }) => clockResolution);
  const isolated = realms.filter(({ crossOriginIsolated }) => crossOriginIsolated).length;
  const sum = (rows: readonly { count: number }[]): number =>
    rows.reduce((all, { count }) => all + count, 0);
  const validity: Validity = {
    tier: tierOf(session),
    devtools,
    clockResolution: clocks.length > 0 ? Math.max(...clocks) : null,
    isolated: isolated === 0 ? 'none' : isolated === realms.length ? 'all' : 'some',
    hidden: spans.reduce(
      (all, { kind, duration: time }) => all + (kind === 'visibility' ? time : 0),
      0,
    ),
    overheadShare: ownCostOf(session).share,
    dropped: sum(dropped),
    unmeasured: sum(unmeasured),
    browser,
    platform,
    version,
    warnings: [],
  };
  validity.warnings = warningsOf(validity, session);
  return validity;
}

/** What the agent itself took, ms, and its share of its threads' time: a worker has one of its own, documents share theirs. */
export function ownCostOf({ realms, duration }: Session): { time: number; share: number } {
  const time = realms.reduce(
    (sum, { overhead }) => sum + overhead.crossings + overhead.hooks + overhead.handover,
    0,
  );
  const isDocument = ({ kind }: Realm): boolean => kind === 'page' || kind === 'frame';
  const threads = realms
    .filter((realm) => !isDocument(realm))
    .reduce(
      (sum, { lastSeen, offset }) => sum + Math.max(0, lastSeen - Math.max(0, offset)),
      realms.some(isDocument) ? duration : 0,
    );
  return { time, share: threads > 0 ? time / threads : 0 };
}

function tierOf({ realms }: Session): Validity['tier'] {
  const probes = realms.flatMap(({ tiers }) => tiers);
  if (probes.length === 0) return { kind: 'unknown', ratio: null, drift: null };
  const total = (part: 'wasm' | 'js'): number =>
    probes.reduce((sum, probe) => sum + probe[part], 0);
  const js = probes.map((probe) => probe.js);
  const drift = Math.min(...js) > 0 ? Math.max(...js) / Math.min(...js) : null;
  const ratio = total('js') > 0 ? total('wasm') / total('js') : null;
  const kinds = new Set(probes.map(({ wasm, js: time }) => kindOf(time > 0 ? wasm / time : null)));
  const kind = kinds.has('optimised') && kinds.has('baseline') ? 'mixed' : kindOf(ratio);
  return { kind, ratio, drift };
}

function kindOf(ratio: number | null): 'optimised' | 'baseline' | 'unknown' {
  if (ratio === null) return 'unknown';
  if (ratio < OPTIMISED_BELOW) return 'optimised';
  return ratio >= BASELINE_FROM ? 'baseline' : 'unknown';
}

function warningsOf(validity: Validity, { info, dropped, modules }: Session): string[] {
  const { tier, devtools, overheadShare, hidden } = validity;
  const warnings: string[] = [];
  if (info.state === 'cut') {
    warnings.push(
      `This session was cut short. ${info.reason || 'It ended without Stop; what was recorded until then is here.'}`,
    );
  }
  if (modules.length === 0 && info.state !== 'recording') {
    warnings.push(
      `No WebAssembly was loaded while this was recorded. ${
        info.mode === 'attach'
          ? 'What was loaded before is not measured: record with a reload.'
          : 'Is it the right page, was it recorded long enough, and did its requests succeed?'
      }`,
    );
  } else if (isBaseline(tier)) {
    warnings.push(
      `WebAssembly ran in the engine’s baseline tier${tier.kind === 'mixed' ? ' for a part of the session' : ''}: times are ${timesSlower(tier)} too long${
        devtools === 'closed' ? '' : ', as open DevTools cause'
      }. Counts, bytes and pages are exact. Close DevTools and record again for times.`,
    );
  } else if (tier.kind === 'unknown' && devtools !== 'closed' && devtools !== 'unknown') {
    warnings.push(
      `DevTools was open${devtools === 'mixed' ? ' for a part' : ''}: wasm runs several times slower then, so times are too long. Counts, bytes and pages are exact.`,
    );
  }
  if (tier.drift !== null && tier.drift > MUCH_DRIFT) {
    warnings.push(
      `The machine was up to ${tier.drift.toFixed(1)} times slower at some times than at others: it had other work, or was throttled.`,
    );
  }
  if (overheadShare > MUCH_OVERHEAD)
    warnings.push(`Wasmscope itself took ${(100 * overheadShare).toFixed(0)} % of the time.`);
  if (hidden > 0)
    warnings.push(
      `The page was hidden for ${(hidden / 1000).toFixed(1)} s: browsers slow hidden pages down.`,
    );
  if (dropped.length > 0) {
    warnings.push(
      `More happened than could be kept: ${dropped.map(({ what, count }) => `${count} ${what}`).join(', ')} were dropped.`,
    );
  }
  return warnings;
}

/** The validity as rows, for tables: a fact each, and a row for each warning. */
export function validityFacts(session: Session): { what: string; value: string | number | null }[] {
  const {
    tier,
    devtools,
    clockResolution,
    isolated,
    hidden,
    overheadShare,
    dropped,
    unmeasured,
    warnings,
    ...rest
  } = validityOf(session);
  const { settings, mode, source, conditions } = session.info;
  return Object.entries({
    browser: rest.browser,
    platform: rest.platform,
    wasmscope_version: rest.version,
    recorded_by: source,
    mode,
    setup: conditions.setup ?? '',
    devtools,
    wasm_tier: tier.kind,
    wasm_tier_ratio: tier.ratio,
    machine_drift: tier.drift,
    clock_resolution_ms: clockResolution,
    cross_origin_isolated: isolated,
    hidden_ms: hidden,
    own_cost_share: overheadShare,
    dropped,
    unmeasured,
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`setting_${name}`, String(value)]),
    ),
  })
    .map(([what, value]) => ({ what, value }))
    .concat(warnings.map((value) => ({ what: 'warning', value })));
}

/** The validity in a line, for formats that have one for it. */
export function validityText(session: Session): string {
  const { browser, platform, devtools, tier, clockResolution, isolated } = validityOf(session);
  return [
    browser,
    platform,
    `DevTools ${devtools}`,
    `wasm tier ${tier.kind}`,
    ...(clockResolution === null ? [] : [`clock ${clockResolution} ms`]),
    `isolated: ${isolated}`,
  ]
    .filter(Boolean)
    .join('; ');
}
