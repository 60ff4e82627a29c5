import { BASELINE_FROM, OPTIMISED_BELOW } from '../../protocol/tiers.ts';
import type { Session } from '../../session/model.ts';

/**
 * The compiler tier in which wasm ran, from a recursion in wasm and the same one in JavaScript.
 * Optimised wasm takes a third of JavaScript's time; in the baseline tier, in which open DevTools
 * keep it, it takes more than JavaScript (docs/platform.md, "WebAssembly tiers and DevTools").
 */
export interface Tier {
  kind: 'optimised' | 'baseline' | 'mixed' | 'unknown';
  /** Time in wasm over the time in JavaScript; null: not measured. */
  ratio: number | null;
}

/** The ratio in optimised code (docs/platform.md, "WebAssembly tiers and DevTools"). */
const OPTIMISED = 1 / 3;

export function tierOf({ realms }: Session): Tier {
  const probes = realms.flatMap(({ tierProbes }) => tierProbes);
  const wasm = probes.reduce((sum, probe) => sum + probe.wasm, 0);
  const js = probes.reduce((sum, probe) => sum + probe.js, 0);
  const ratio = js > 0 ? wasm / js : null;
  const kinds = new Set(probes.map((probe) => kindOf(probe.js > 0 ? probe.wasm / probe.js : null)));
  const isMixed = kinds.has('optimised') && kinds.has('baseline');
  return { kind: isMixed ? 'mixed' : kindOf(ratio), ratio };
}

function kindOf(ratio: number | null): 'optimised' | 'baseline' | 'unknown' {
  if (ratio === null) return 'unknown';
  if (ratio < OPTIMISED_BELOW) return 'optimised';
  return ratio >= BASELINE_FROM ? 'baseline' : 'unknown';
}

/** Whether wasm ran in the baseline tier, at least for a part of the session. */
export const isBaseline = ({ kind }: Tier): boolean => kind === 'baseline' || kind === 'mixed';

/**
 * How many times slower than in the optimised tier wasm ran; null where it did not run in the
 * baseline tier all the time, so that the probes do not say.
 */
export const slowdownOf = ({ kind, ratio }: Tier): number | null =>
  kind === 'baseline' && ratio !== null ? ratio / OPTIMISED : null;

/** How many times longer the slowest JavaScript probe took than the fastest; null: not measured. */
export function cpuVariationOf({ realms }: Session): number | null {
  const times = realms.flatMap(({ tierProbes }) => tierProbes.map(({ js }) => js));
  const fastest = Math.min(...times);
  return times.length > 0 && fastest > 0 ? Math.max(...times) / fastest : null;
}
