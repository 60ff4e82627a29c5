import type { SessionInfo } from '../../session/model.ts';
import type { Tier } from './tierOf.ts';

/** The conditions under which a session's figures were taken: measured, not guessed. */
export interface Conditions {
  tier: Tier;
  /** How many times longer the CPU took for the same work at its slowest; null: not measured. */
  cpuVariation: number | null;
  devtools: SessionInfo['conditions']['devtools'];
  /** Coarsest clock of the realms, ms. */
  clockResolution: number | null;
  isolated: 'all' | 'none' | 'some';
  /** Time in which pages were hidden, summed over pages, ms. */
  hidden: number;
  /** Wasmscope's own share of the time of the threads in which it ran, 0 to 1. */
  overheadShare: number;
  /** Rows that were dropped, parts that were not measured. */
  dropped: number;
  unmeasured: number;
  browser: string;
  platform: string;
  /** Wasmscope's version. */
  version: string;
}
