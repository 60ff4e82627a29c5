import type { MetricFields } from '../metrics/metricsOf.ts';

/** What must be alike on both sides, and in all their runs. */
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
  /** Values of the condition, each once; conditionValue in src/text has their words. */
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
