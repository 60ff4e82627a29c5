import { expect, test } from 'vitest';
import {
  clip,
  placeOf,
  scaleOf,
  scaleOfPhases,
  timeTicks,
} from '../../../panel/components/timeScale.ts';

test('a scale covers all stretches and is at least 1 ms long', () => {
  expect(
    scaleOf([
      { from: 30, to: 50 },
      { from: 10, to: 20 },
    ]),
  ).toEqual({ from: 10, length: 40 });
  expect(scaleOf([{ from: 7, to: 7 }])).toEqual({ from: 7, length: 1 });
  expect(scaleOf([])).toBeNull();
});

test('any number of stretches', () => {
  expect(scaleOf(Array.from({ length: 300_000 }, (_, from) => ({ from, to: from + 1 })))).toEqual({
    from: 0,
    length: 300_000,
  });
});

test('a late first call does not squeeze the phases before it', () => {
  const load = { name: 'compile', from: 0, to: 100 };
  expect(
    scaleOfPhases([load, { name: 'until first call', from: 100, to: 150 }], 'until first call'),
  ).toEqual({ from: 0, length: 150 });
  expect(
    scaleOfPhases([load, { name: 'until first call', from: 100, to: 9000 }], 'until first call'),
  ).toEqual({ from: 0, length: 100 });
  expect(scaleOfPhases([{ name: 'until first call', from: 5, to: 9 }], 'until first call')).toEqual(
    { from: 5, length: 4 },
  );
});

test('a time is placed in proportion to the scale', () => {
  expect(placeOf({ from: 100, length: 200 }, 150)).toBe(0.25);
});

test('a stretch is clipped at the edges of the scale, and not drawn outside it', () => {
  const scale = { from: 100, length: 100 };
  expect(clip(scale, 50, 150)).toEqual({ left: 0, width: 0.5 });
  expect(clip(scale, 175, 900)).toEqual({ left: 0.75, width: 0.25 });
  expect(clip(scale, 120, 120)).toEqual({ left: 0.2, width: 0 });
  expect(clip(scale, 0, 99)).toBeNull();
  expect(clip(scale, 201, 300)).toBeNull();
});

test.each([
  [{ from: 0, length: 30_000 }, ['0 s', '10 s', '20 s', '30 s']],
  [{ from: 120, length: 730 }, ['200 ms', '400 ms', '600 ms', '800 ms']],
  [{ from: 600, length: 1300 }, ['1.0 s', '1.5 s']],
  [{ from: 0, length: 1.2 }, ['0.0 ms', '0.5 ms', '1.0 ms']],
  [{ from: 5000, length: 20 }, ['5.000 s', '5.005 s', '5.010 s', '5.015 s', '5.020 s']],
])('%j has round ticks', (scale, labels) => {
  expect(timeTicks(scale, 5).map(({ label }) => label)).toEqual(labels);
});

test('ticks lie within the scale, and are at most as many as requested', () => {
  for (let length = 1; length < 1e7; length *= 1.7) {
    for (const most of [3, 5, 9]) {
      const ticks = timeTicks({ from: length / 3, length }, most);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(most);
      for (const { place } of ticks) {
        expect(place).toBeGreaterThanOrEqual(-1e-6);
        expect(place).toBeLessThanOrEqual(1 + 1e-6);
      }
    }
  }
});
