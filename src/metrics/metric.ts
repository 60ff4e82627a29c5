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
 * What a figure describes. Names are the same in every build, without the hashes that bundlers and
 * wasm-bindgen add. `fullName` is the recorded name, if it differs.
 */
export type MetricSubject =
  | { type: 'module'; module: string; fullName?: string }
  | { type: 'section'; module: string; name: string }
  /** All modules together. */
  | { type: 'modules' }
  | { type: 'function'; module: string; name: string; fullName?: string }
  /** All boundary functions together. */
  | { type: 'crossings' }
  /** @property module null: the page created it */
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

/** What metrics of one kind have in common in all sessions. */
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
   * `exact`: a count or a size, equal in all runs in which the page does the same; `timed`: it
   * varies from run to run.
   */
  kind: 'exact' | 'timed';
  /**
   * The meaning of a missing value. By default the page did not do it, such as call a function, and
   * a count is 0. `unknown`: it may have, as with samples and with unfinished responses.
   */
  missing?: 'unknown';
  /** Which part of a session's validity it depends on (validity.ts). */
  depends: 'times' | 'memory' | 'counts' | 'transfer';
  /** Which way is better. */
  better: 'lower' | 'higher';
  /** False: only budgets use it, because a compared metric has the same information. */
  compared?: false;
}

/** The parts of a metric that are the same in all runs. */
export interface MetricFields extends Omit<MetricDefinition, 'subject' | 'compared'> {
  /**
   * The same in every recording of a page, e.g. `module/rapier.wasm/bytes`,
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
   * Variance of an estimate within its session, in the square of the unit; missing: not an
   * estimate.
   */
  variance?: number;
}
