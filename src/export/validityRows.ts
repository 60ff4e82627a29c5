import { validityOf } from '../analysis/validity/validityOf.ts';
import type { Session } from '../session/model.ts';
import { warningText } from '../text/warningText.ts';

/** One fact about the conditions of a session. */
export interface ValidityRow {
  what: string;
  value: string | number | null;
}

/** The table `validity`: one row per condition, setting and warning. */
export function validityRows(session: Session): ValidityRow[] {
  const validity = validityOf(session);
  const { settings, mode, source, conditions } = session.info;
  const facts = {
    browser: validity.browser,
    platform: validity.platform,
    wasmscope_version: validity.version,
    recorded_by: source,
    mode,
    setup: conditions.setup ?? '',
    devtools: validity.devtools,
    wasm_tier: validity.tier.kind,
    wasm_tier_ratio: validity.tier.ratio,
    cpu_speed_variation: validity.cpuVariation,
    clock_resolution_ms: validity.clockResolution,
    cross_origin_isolated: validity.isolated,
    hidden_ms: validity.hidden,
    overhead_share: validity.overheadShare,
    dropped: validity.dropped,
    unmeasured: validity.unmeasured,
  };
  const row = ([what, value]: [string, string | number | null]): ValidityRow => ({ what, value });
  return [
    ...Object.entries(facts).map(row),
    ...Object.entries(settings).map(([name, value]) => row([`setting_${name}`, String(value)])),
    ...validity.warnings.map((warning) => row(['warning', warningText(warning)])),
  ];
}
