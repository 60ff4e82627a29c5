/** A shorter beginning is not worth cutting. */
const LEAST = 6;

/**
 * Where to split a text so that its last `keep` letters stay visible; never within a letter of two
 * code units.
 * @returns a code unit's index; null where the text is too short to be cut
 */
export function cutPlace(text: string, keep: number): number | null {
  const at = text.length - keep;
  if (at < LEAST) return null;
  const isTrail = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return isTrail ? at - 1 : at;
}
