import type { Comparison, Refusals } from '../compare/model.ts';
import { refusalText } from './refusalText.ts';

/** The parts of a comparison, in the order in which they are listed. */
const PARTS = ['times', 'memory', 'counts', 'transfer'] as const satisfies (keyof Refusals)[];

const PART_TEXT: Record<keyof Refusals, string> = {
  times: 'times',
  memory: 'memory',
  counts: 'counts',
  transfer: 'bytes over the network',
};

/** Why parts of a comparison were refused: one line per reason, with the parts that it concerns. */
export function refusalLines({ refused }: Pick<Comparison, 'refused'>): string[] {
  const reasonsFor = (part: keyof Refusals): string[] => refused[part].map(refusalText);
  const reasons = new Set(PARTS.flatMap(reasonsFor));
  return [...reasons].map((reason) => {
    const parts = PARTS.filter((part) => reasonsFor(part).includes(reason));
    const what =
      parts.length === PARTS.length
        ? 'nothing can'
        : `${listOf(parts.map((part) => PART_TEXT[part]))} cannot`;
    return `${what} be compared: ${reason}`;
  });
}

/** `times`, `times and memory`, `times, memory and counts`. */
const listOf = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('');
