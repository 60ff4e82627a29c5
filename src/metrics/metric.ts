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

/**
 * What a figure is about. Names are the same in every build: without the hashes that bundlers and
 * wasm-bindgen put there; `fullName` is the name as recorded, where it differs.
 */
export type MetricSubject =
  | { type: 'module'; module: string; fullName?: string }
  | { type: 'section'; module: string; name: string }
  /** All modules together. */
  | { type: 'modules' }
  | { type: 'function'; module: string; name: string; fullName?: string }
  /** All boundary functions together. */
  | { type: 'crossings' }
  /** @property module null: the page made it */
  | { type: 'memory'; module: string | null; name: string }
  /** All linear memories together. */
  | { type: 'memories' }
  | { type: 'js heap' }
  /** All requests of one URL. */
  | { type: 'request'; url: string }
  /** All requests together. */
  | { type: 'requests' }
  | { type: 'measure'; name: string }
  | { type: 'vital'; name: string }
  | { type: 'page' };

/** What every metric of a kind has in common, whatever session it is of. */
export interface MetricDefinition {
  /**
   * The metric's id with words in capitals for the subject's names, e.g.
   * `crossings/MODULE/FUNCTION/self`.
   */
  id: string;
  /** For people, with the same words in capitals, e.g. `FUNCTION: self time`. */
  label: string;
  subject: MetricSubject['type'];
  /** Which figure of the subject, e.g. `self time`; with the subject it identifies the metric. */
  quantity: string;
  unit: Unit;
  group: MetricGroup;
  /**
   * `exact`: a count or a size, the same in every run of a page that does the same; `timed`: it
   * varies from run to run.
   */
  kind: 'exact' | 'timed';
  /**
   * What it means where a run lacks it. Without this, the page did not do it, as for a function
   * that was not called: a count is then 0. `unknown`: it may have, as for what is sampled and for
   * responses that were under way.
   */
  missing?: 'unknown';
  /** Which part of a session's validity it depends on (validity.ts). */
  depends: 'times' | 'memory' | 'counts' | 'transfer';
  /** Which way is better. */
  better: 'lower' | 'higher';
  /** False: only budgets name it, as it says in another way what a compared metric says. */
  compared?: false;
}

/** A metric without what differs from run to run. */
export interface MetricFields extends Omit<MetricDefinition, 'subject' | 'compared'> {
  /**
   * The same for the same thing in every recording of a page, e.g. `module/rapier.wasm/bytes`,
   * `crossings/rapier.wasm/world_step/self`. docs/statistics.md lists them.
   */
  id: string;
  /** For people, e.g. `world_step: self time`. */
  label: string;
  subject: MetricSubject;
}

/** One figure of one session. */
export interface Metric extends MetricFields {
  value: number;
  /**
   * Variance of the value as an estimate within its session, in the unit's square; missing: none.
   */
  variance?: number;
}
