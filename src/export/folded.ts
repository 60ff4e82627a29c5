import { foldCrossings } from './source.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { frameName, stacks } from './stacks.ts';
import type { StackWeight } from './stacks.ts';

/** What would end a frame or a line in the format is written as a space or a colon. */
const frame = (name: string): string => name.replace(/[\r\n]/g, ' ').replaceAll(';', ':');

/**
 * Folded stacks, one a line, as flamegraph.pl, inferno and speedscope read them: frames from the outermost in,
 * a space, the weight as a whole number (self time in µs, or calls).
 */
export async function* writeFolded(source: ExportSource, weight: StackWeight, onProgress?: OnProgress): AsyncGenerator<string> {
  const session = await foldCrossings(source, onProgress);
  for (const { functions, weight: value } of stacks(session, weight)) {
    const rounded = Math.round(value);
    if (rounded > 0) yield `${functions.map((fn) => frame(frameName(session, fn))).join(';')} ${rounded}\n`;
  }
}
