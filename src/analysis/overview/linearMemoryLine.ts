import type { Session } from '../../session/model.ts';
import { PAGE_BYTES } from '../../wasm/pageBytes.ts';
import type { Line } from './line.ts';

/** The size of all linear memories together, with a step at the exact time of each grow call. */
export function linearMemoryLine({ memories, growths, duration }: Session): Line {
  const sizes = [
    ...memories.map(({ firstSeen, initialPages }, memory) => ({
      time: firstSeen,
      memory,
      pages: initialPages,
    })),
    ...growths.map(({ time, memory, toPages }) => ({ time, memory, pages: toPages })),
  ].sort((a, b) => a.time - b.time);
  const latest = memories.map(() => 0);
  const line: Line = { time: [], value: [] };
  let bytes = 0;
  for (const { time, memory, pages } of sizes) {
    const before = latest[memory] ?? 0;
    // A grow call that was seen late may follow one that was seen at once.
    if (pages <= before) continue;
    latest[memory] = pages;
    const after = bytes + (pages - before) * PAGE_BYTES;
    line.time.push(time, time);
    line.value.push(bytes, after);
    bytes = after;
  }
  if (sizes.length > 0) {
    line.time.push(duration);
    line.value.push(bytes);
  }
  return line;
}
