import { treeFigures } from '../analysis/treeFigures.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { foldTotals, onlyPass } from './source.ts';
import type { StackWeight } from './stacks.ts';
import { frameName, stacks } from './stacks.ts';

/**
 * The format has no escapes: what would end a frame or a line in any reader is written as a colon
 * or a space.
 */
export const foldedFrame = (name: string): string =>
  name.replaceAll(';', ':').replace(/[\p{Cc}\u2028\u2029]/gu, ' ');

/**
 * Folded stacks, one a line, as flamegraph.pl, inferno and speedscope read them: frames from the
 * outermost in, a space, the weight as a whole number (self time in µs, or calls). What rounding
 * takes from one line it gives to the next, so that many short stacks still add up to the whole.
 */
export async function* writeFolded(
  source: ExportSource,
  weight: StackWeight,
  onProgress?: OnProgress,
): AsyncGenerator<string> {
  const session = await foldTotals(source, onlyPass(onProgress), []);
  const frames = session.functions.map((_, fn) => foldedFrame(frameName(session, fn)));
  let owed = 0;
  for (const { functions, weight: value } of stacks(session, treeFigures(session), weight)) {
    const rounded = Math.round(value + owed);
    owed += value - rounded;
    if (rounded > 0)
      yield `${functions.map((fn) => frames[fn] ?? 'unknown function').join(';')} ${rounded}\n`;
  }
}
