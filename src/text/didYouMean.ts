import { closestMatch } from 'leven';

/** With more wrong letters it is another word. */
const MOST_WRONG = 3;

/** ` (did you mean "module size"?)`; '' if none of the words is similar. */
export function didYouMean(word: string, words: readonly string[]): string {
  const closest = closestMatch(word, [...words], {
    maxDistance: Math.min(MOST_WRONG, Math.ceil(word.length / 3)),
  });
  return closest === undefined ? '' : ` (did you mean "${closest}"?)`;
}
