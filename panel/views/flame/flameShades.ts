/** Parts by which a colour is moved away from that of the text on it. */
const STEPS = [0, 0.16, 0.3];

/**
 * Shades of a colour that tell neighbours apart. They lead away from the text's colour, so that a
 * label reads better on each of them than on the colour itself, never worse.
 * @param colour `#rgb` or `#rrggbb`, as is `text`; minified style sheets have the short form
 * @throws RangeError for another notation
 */
export function flameShades(colour: string, text: string): string[] {
  const towards = channels(text).reduce((sum, channel) => sum + channel, 0) > 382 ? 0 : 255;
  return STEPS.map(
    (part) =>
      `rgb(${channels(colour)
        .map((channel) => Math.round(channel + (towards - channel) * part))
        .join(' ')})`,
  );
}

/**
 * Red, green and blue, 0 to 255. @throws RangeError for a notation other than `#rgb` and `#rrggbb`
 */
export function channels(hex: string): number[] {
  if (!/^#(?:[\da-f]{3}){1,2}$/i.test(hex)) throw new RangeError(`${hex} is not #rgb or #rrggbb.`);
  const digits = (hex.length - 1) / 3;
  return [0, 1, 2].map((at) =>
    Number.parseInt(hex.slice(1 + at * digits, 1 + (at + 1) * digits).repeat(3 - digits), 16),
  );
}
