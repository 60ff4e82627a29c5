import type { Unit } from './unit.ts';

export type MetricGroup =
  | 'modules'
  | 'load'
  | 'crossings'
  | 'memory'
  | 'network'
  | 'measures'
  | 'vitals'
  | 'page';

/** One figure of one session. */
export interface Metric {
  /**
   * The same for the same thing in every recording of a page, e.g. `module/rapier.wasm/bytes`,
   * `crossings/rapier.wasm/world_step/self`. docs/statistics.md lists them.
   */
  id: string;
  /** For people, e.g. `world_step: self time`. */
  label: string;
  unit: Unit;
  group: MetricGroup;
  /**
   * `exact`: a count or a size, the same in every run of a page that does the same; `timed`: it
   * scatters from run to run.
   */
  kind: 'exact' | 'timed';
  /**
   * What it means where a run lacks it: unless this says that it is unknown, as for what is sampled and for answers
   * that were under way, the page did not do it, as for a function that was not called. A count is 0 then.
   */
  missing?: 'unknown';
  /** Which part of a session's validity it depends on (validity.ts). */
  depends: 'times' | 'memory' | 'counts' | 'transfer';
  /** Which way is better. */
  better: 'lower' | 'higher';
  value: number;
  /** Variance of the value as an estimate within its session, in the unit's square; missing: none. */
  variance?: number;
}

/** A metric without what stays the same over runs. */
export type MetricFields = Omit<Metric, 'value' | 'variance'>;
