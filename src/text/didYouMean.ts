import { closestMatch } from 'leven';

/** More letters wrong are another word. */
const MOST_WRONG = 3;

/** ` (did you mean "module size"?)`; '' where no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = closestMatch(word, [...known], {
    maxDistance: Math.min(MOST_WRONG, Math.ceil(word.length / 3)),
  });
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}
