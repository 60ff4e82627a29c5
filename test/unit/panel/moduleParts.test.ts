import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlacedPart } from '../../../panel/views/load/moduleParts.ts';
import { layOutParts, partsOf } from '../../../panel/views/load/moduleParts.ts';
import type { Box } from '../../../panel/views/load/treemap.ts';
import { treemap } from '../../../panel/views/load/treemap.ts';
import { createFold } from '../../../src/session/fold.ts';
import type { Module } from '../../../src/session/model.ts';
import { syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

const area = ({ width, height }: Box): number => width * height;
const overlap = (a: Box, b: Box): number =>
  Math.max(Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x), 0) *
  Math.max(Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y), 0);
const sizes = fc
  .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
  .map((all) => all.sort((a, b) => b - a));

test('a treemap’s areas are in proportion to the sizes and fill it', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 50, max: 2000 }), (all, width) => {
      const boxes = treemap(all, width, 240);
      const total = all.reduce((sum, size) => sum + size, 0);
      expect(boxes).toHaveLength(all.length);
      boxes.forEach((box, at) => {
        expect(area(box)).toBeCloseTo(((all[at] as number) / total) * width * 240, 3);
      });
    }),
  );
});

test('a treemap’s boxes stay inside it and do not overlap', () => {
  fc.assert(
    fc.property(sizes, (all) => {
      const boxes = treemap(all, 1000, 240);
      for (const [at, box] of boxes.entries()) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(1000 + 1e-6);
        expect(box.y + box.height).toBeLessThanOrEqual(240 + 1e-6);
        for (const other of boxes.slice(at + 1)) expect(overlap(box, other)).toBeLessThan(1e-3);
      }
    }),
  );
});

function syntheticModule(): Module {
  const fold = createFold(syntheticInfo());
  for (const segment of syntheticSegments({ seconds: 1, functions: 3, requests: 1, nodes: 10 }))
    fold.add(segment);
  return fold.session().modules[0] as Module;
}

test('a module’s parts add up to its sections', () => {
  const module = syntheticModule();
  const parts = partsOf(module);
  const sum = (all: readonly { size: number }[]): number =>
    all.reduce((total, { size }) => total + size, 0);
  expect(sum(parts)).toBe(sum(module.sections ?? []));
  expect(parts.map(({ size }) => size)).toEqual(
    parts.map(({ size }) => size).sort((a, b) => b - a),
  );
});

test('a module whose bodies were not read has its code in one part', () => {
  expect(
    partsOf({ ...syntheticModule(), bodies: null }).find(({ name }) => name === 'code')?.kind,
  ).toBe('section');
});

test('a module whose sections were not read has no parts', () => {
  expect(partsOf({ ...syntheticModule(), sections: null })).toEqual([]);
});

test('functions are drawn within the box of the code section, each part once', () => {
  const parts = partsOf(syntheticModule());
  const { sections, code } = layOutParts(parts, 1000, 260);
  const inside = (placed: PlacedPart[], outer: Box) =>
    placed.every(
      ({ box }) =>
        box.x >= -1e-6 &&
        box.y >= -1e-6 &&
        box.x + box.width <= outer.width + 1e-6 &&
        box.y + box.height <= outer.height + 1e-6,
    );
  expect(code && inside(code.functions, code.box)).toBe(true);
  expect([...sections, ...(code?.functions ?? [])].map(({ part }) => part.key).sort()).toEqual(
    parts.map(({ key }) => key).sort(),
  );
});
