import type { ExitCode } from '../command.ts';

/** One line of a verdict, as every form of output shows it: a budget, or a compared metric. */
export interface GateLine {
  /** The page that it is about. */
  group: string;
  name: string;
  outcome: 'passed' | 'failed' | 'not measured' | 'undecided';
  /** `912 ms, at most 800 ms: +14 % over the limit`. */
  text: string;
}

/** 1 if anything failed, 2 if something asked for could not be measured or decided, else 0. */
export function exitCode(lines: readonly GateLine[]): ExitCode {
  if (lines.some(({ outcome }) => outcome === 'failed')) return 1;
  return lines.every(({ outcome }) => outcome === 'passed') ? 0 : 2;
}
