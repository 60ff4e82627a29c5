/** Fewer letters than these are not worth cutting at. */
const LEAST = 6;

/**
 * Where a text is parted so that the last `keep` letters stay: not within a letter that takes two code units.
 * @returns a code unit's index; null where the text is too short to be cut
 */
export function cutPlace(text: string, keep: number): number | null {
  const at = text.length - keep;
  if (at < LEAST) return null;
  const isTrail = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return isTrail ? at - 1 : at;
}
