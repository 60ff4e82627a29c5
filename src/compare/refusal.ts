import type { MetricFields } from '../metrics/metricsOf.ts';

/** What must be the same in all runs of both sides. */
export type Condition =
  | 'devtools'
  | 'browser'
  | 'platform'
  | 'setup'
  | 'isolation'
  | 'mode'
  | 'settings';

/** Why a part of a comparison cannot be made. */
export type Refusal =
  /** Values of the condition, each once; src/text/refusalText.ts words them. */
  | { code: 'condition differs'; condition: Condition; baseline: string[]; candidate: string[] }
  | { code: 'condition varies'; condition: Condition; values: string[] }
  | { code: 'no common module'; baseline: string[]; candidate: string[] }
  /** Wasm ran in the engine's baseline tier. */
  | { code: 'baseline tier'; session: string }
  | { code: 'empty'; session: string }
  /** More happened than could be kept. */
  | { code: 'dropped'; session: string }
  | { code: 'cut short'; session: string; reason: string };

/** Why times, memory, counts or what crossed the network cannot be compared; empty: they can. */
export type Refusals = Record<MetricFields['depends'], Refusal[]>;
