import type { Line } from './line.ts';

/** A rise or fall of a level. */
export interface Change {
  time: number;
  by: number;
}

/** A line in steps, from the changes of its level. The changes of all realms add up. */
export function levelLine(changes: readonly Change[]): Line {
  const line: Line = { time: [], value: [] };
  let level = 0;
  // What ends as another begins is one step, not a fall to 0 and back.
  for (const { time, by } of changesByTime(changes)) {
    const after = Math.max(level + by, 0);
    line.time.push(time, time);
    line.value.push(level, after);
    level = after;
  }
  return line;
}

/** The changes in order of time, with those at one time added up. */
function changesByTime(changes: readonly Change[]): Change[] {
  const sums: Change[] = [];
  for (const change of [...changes].sort((a, b) => a.time - b.time)) {
    const last = sums.at(-1);
    if (last?.time === change.time) last.by += change.by;
    else sums.push({ ...change });
  }
  return sums;
}
