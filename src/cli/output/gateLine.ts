/** One line of a gate's result, as every form of output has it: a budget, or a compared metric. */
export interface GateLine {
  /** What is recorded: a page. */
  group: string;
  name: string;
  outcome: 'holds' | 'broken' | 'not measured' | 'undecided';
  /** `912 ms, at most 800 ms: +14 % over the limit`. */
  text: string;
}

/**
 * The exit code: 1 where something is broken, 2 where something could not be measured or decided though it was asked
 * for, else 0.
 */
export function exitCode(lines: readonly GateLine[]): 0 | 1 | 2 {
  if (lines.some(({ outcome }) => outcome === 'broken')) return 1;
  return lines.every(({ outcome }) => outcome === 'holds') ? 0 : 2;
}
