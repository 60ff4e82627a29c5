import type { Condition, Refusal } from '../compare/refusal.ts';

/** Why a part of a comparison cannot be made, in a sentence, and what to do. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.code) {
    case 'condition differs': {
      const [before, after] = [refusal.baseline, refusal.candidate].map((values) =>
        valuesText(refusal.condition, values),
      );
      return `${CONDITIONS[refusal.condition]}: ${before} in the baseline, ${after} in the candidate.`;
    }
    case 'condition varies':
      return `${CONDITIONS[refusal.condition]} from run to run: ${valuesText(refusal.condition, refusal.values)}.`;
    case 'no common module':
      return `the sides have no module in common: ${refusal.baseline.join(', ')} in the baseline, ${refusal.candidate.join(', ')} in the candidate. Are they recordings of the same page?`;
    case 'baseline tier':
      return `${refusal.session}: wasm ran in the engine’s baseline tier, which happens while DevTools are open. Close DevTools and record again.`;
    case 'empty':
      return `${refusal.session} is empty. Record the page again.`;
    case 'dropped':
      return `${refusal.session}: the agent’s buffers overflowed, so its counts are incomplete.`;
    case 'cut short':
      return `${refusal.session} was cut short. ${refusal.reason}`.trim();
    default:
      return refusal satisfies never;
  }
}

const CONDITIONS: Record<Condition, string> = {
  devtools: 'DevTools differ',
  browser: 'the browser differs',
  platform: 'the platform differs',
  setup: 'the setup differs',
  isolation: 'cross-origin isolation differs',
  mode: 'the recording mode differs',
  settings: 'the recording settings differ',
};

const VALUES: Partial<Record<Condition, Record<string, string>>> = {
  devtools: { closed: 'closed', mixed: 'open part of the time', open: 'open' },
  setup: { '': 'default' },
  mode: { attach: 'without reloading', reload: 'from the first script' },
};

const valuesText = (condition: Condition, values: readonly string[]): string =>
  values.map((value) => VALUES[condition]?.[value] ?? (value || 'unknown')).join(' and ');
