import type { Growth, Memory, Session, TimeRange } from '../session/model.ts';
import { PAGE_BYTES } from '../wasm/pageBytes.ts';
import { crossingPath } from './crossingPath.ts';

/** One grow call. */
export interface GrowthStep {
  growth: Growth;
  memory: Memory;
  /** By how much the memory grew. */
  bytes: number;
  /**
   * Names of the crossings in which it grew, outermost first. Empty: script outside any crossing
   * made it grow.
   */
  path: string[];
}

/** The grow calls within a range, in order of time. */
export function growthSteps(session: Session, range?: TimeRange | null): GrowthStep[] {
  const { growths, memories } = session;
  const steps: GrowthStep[] = [];
  for (const growth of growths) {
    const memory = memories[growth.memory];
    if (!memory || (range && (growth.time < range.from || growth.time > range.to))) continue;
    steps.push({
      growth,
      memory,
      bytes: (growth.toPages - growth.fromPages) * PAGE_BYTES,
      path: growth.node === null ? [] : crossingPath(session, growth.node),
    });
  }
  return steps.sort((a, b) => a.growth.time - b.growth.time);
}
