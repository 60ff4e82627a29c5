import { describe, expect, it } from 'vitest';
import { diffBoxes } from '../../../panel/views/compare/diffLayout.ts';
import { diffTree } from '../../../src/compare/diffTree.ts';
import { sessionsOf } from './runs.ts';

describe('the differential tree', () => {
  const tree = diffTree(
    sessionsOf([
      { step: 10, draw: 20 },
      { step: 10, draw: 40 },
    ]),
    sessionsOf([{ step: 10, draw: 50 }]),
  );
  const page = tree.children[0];
  const step = page?.children[0];

  it('has the mean of each side’s runs at every place', () => {
    expect(step).toMatchObject({ label: 'step', baseline: 40, candidate: 60 });
    expect(step?.children[0]).toMatchObject({ label: 'env.draw', baseline: 30, candidate: 50 });
  });

  it('has what only one side called', () => {
    const { children } = diffTree(sessionsOf([{ calls: 0, draw: 0 }]), sessionsOf([{ draw: 5 }]));
    expect(children[0]?.children[0]?.children[0]).toMatchObject({ baseline: 0, candidate: 5 });
  });

  it('is drawn with children no wider than their parent together', () => {
    const boxes = diffBoxes(tree);
    for (const box of boxes) {
      const children = boxes.filter(({ parent }) => parent === box);
      expect(children.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(
        box.width + 1e-9,
      );
    }
    expect(boxes.map(({ depth }) => depth)).toEqual([0, 1, 2, 3]);
  });
});
