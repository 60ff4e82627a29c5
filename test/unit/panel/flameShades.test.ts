import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { channels, flameShades } from '../../../panel/views/flame/flameShades.ts';

const css = readFileSync(new URL('../../../panel/style/panel.css', import.meta.url), 'utf8');
const themes = {
  light: css.split(':root[data-theme="dark"]')[0] ?? '',
  dark: css.split(':root[data-theme="dark"]')[1] ?? '',
};

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb
    .map((channel) => channel / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const parsed = (shade: string): number[] => (shade.match(/\d+/g) ?? []).map(Number);

describe.each(Object.entries(themes))('in the %s theme', (_, rules) => {
  const colour = (name: string): string =>
    new RegExp(`${name}: (#[0-9a-f]+);`).exec(rules)?.[1] ?? '';
  test.each(['--series-1', '--series-2'])('labels can be read on every shade of %s', (name) => {
    const text = colour('--accent-text');
    for (const shade of flameShades(colour(name), text))
      expect(contrast(parsed(shade), channels(text))).toBeGreaterThanOrEqual(4.5);
  });
});

test('a minified colour is the same colour', () => {
  expect(channels('#1af')).toEqual(channels('#11aaff'));
  expect(flameShades('#4b3fc4', '#fff')).toEqual(flameShades('#4b3fc4', '#ffffff'));
});

test('shades differ from one another', () => {
  expect(new Set(flameShades('#4b3fc4', '#fff')).size).toBe(3);
});

test('a colour in another notation is refused', () => {
  expect(() => channels('white')).toThrow(RangeError);
  expect(() => channels('#12345')).toThrow(RangeError);
});
