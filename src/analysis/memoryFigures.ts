import type { Memory, Session } from '../session/model.ts';
import { PAGE_BYTES } from '../wasm/pageBytes.ts';

/** One linear memory over the whole session. */
export interface MemoryFigures {
  memory: Memory;
  /** Pages of 64 KiB at the end of the recording, which is the peak: a memory never shrinks. */
  pages: number;
  bytes: number;
  /** How much it grew while it was recorded. */
  grownBytes: number;
  /** Number of grow calls. */
  growths: number;
}

/** All memories in the session's order. */
export function memoryFigures({ memories, growths }: Session): MemoryFigures[] {
  const pages = memories.map(({ initialPages }) => initialPages);
  const counts = memories.map(() => 0);
  for (const { memory, toPages } of growths) {
    // A grow call that was seen late may follow one that was seen at once.
    pages[memory] = Math.max(pages[memory] ?? 0, toPages);
    counts[memory] = (counts[memory] ?? 0) + 1;
  }
  return memories.map((memory, index) => {
    const peak = pages[index] ?? memory.initialPages;
    return {
      memory,
      pages: peak,
      bytes: peak * PAGE_BYTES,
      grownBytes: (peak - memory.initialPages) * PAGE_BYTES,
      growths: counts[index] ?? 0,
    };
  });
}
