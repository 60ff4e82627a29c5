import type { Conditions } from '../analysis/validity/conditions.ts';

/** The conditions of a session in one line, for formats that have one for them. */
export function conditionsText(conditions: Conditions): string {
  const { browser, platform, devtools, tier, clockResolution, isolated } = conditions;
  return [
    browser,
    platform,
    `DevTools ${devtools}`,
    `wasm tier ${tier.kind}`,
    clockResolution === null ? '' : `clock ${clockResolution} ms`,
    `isolated: ${isolated}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}
