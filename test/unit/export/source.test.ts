import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { treeFigures } from '../../../src/analysis/treeFigures.ts';
import { foldTotals, onlyPass, rowsOf } from '../../../src/export/source.ts';
import type { CrossingInterval, Span } from '../../../src/session/model.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { SMALL, syntheticSegments } from '../../fixtures/synthetic.ts';
import { sessionFrom } from '../sessionBuilder.ts';
import { sourceOf } from './readExport.ts';

const ofSeconds = (seconds: number): Segment[] => [...syntheticSegments({ ...SMALL, seconds })];

test('a session’s totals are as large as its trees, however long it was, and say what the session says', async () => {
  const segments = ofSeconds(200);
  const totals = await foldTotals(sourceOf(segments), onlyPass(), []);
  expect(totals.intervals.length).toBe(1);
  expect(totals.intervals[0]?.node.length).toBeLessThan(SMALL.nodes);
  expect([totals.spans, totals.series, totals.requests]).toEqual([[], [], []]);
  const whole = crossingTable(sessionFrom(segments));
  crossingTable(totals).forEach((row, fn) => {
    expect(row.calls).toBe(whole[fn]?.calls);
    expect(row.total.value).toBeCloseTo(whole[fn]?.total.value ?? -1, 6);
    expect(row.total.error).toBeCloseTo(whole[fn]?.total.error ?? -1, 6);
  });
});

test('trees of thousands of nodes are summed, in whatever order their nodes are called', async () => {
  const segments = [...syntheticSegments({ ...SMALL, nodes: 5000 })];
  const last = segments.at(-1) as Segment;
  const jump = {
    ...(segments[0] as Segment),
    crossings: last.crossings as NonNullable<Segment['crossings']>,
  };
  const totals = await foldTotals(sourceOf([jump, ...segments.slice(1)]), onlyPass(), []);
  expect(treeFigures(totals).calls).toEqual(
    treeFigures(sessionFrom([jump, ...segments.slice(1)])).calls,
  );
});

test('rows are handed on before the next segment is read', async () => {
  let [read, taken] = [0, 0];
  const segments = ofSeconds(20);
  const source = {
    ...sourceOf(segments),
    async *segments(): AsyncGenerator<Segment> {
      for (const segment of segments) {
        expect(taken).toBe(read);
        read++;
        yield segment;
      }
    },
  };
  const intervals = rowsOf<CrossingInterval>(
    source,
    onlyPass(),
    ['nodes', 'crossings'],
    (interval) => ({ interval }),
  );
  for await (const _ of intervals) taken++;
  expect(taken).toBe(20);
});

test('segments out of order are put in order, and rows behind a missing one come all the same', async () => {
  const segments = ofSeconds(8);
  const [first, second, ...rest] = segments as [Segment, Segment, ...Segment[]];
  const spansOf = async (mixed: Segment[]): Promise<Span[]> => {
    const spans: Span[] = [];
    for await (const span of rowsOf<Span>(sourceOf(mixed), onlyPass(), ['spans'], (take) => ({
      span: take,
    })))
      spans.push(span);
    return spans;
  };
  expect(await spansOf([second, ...rest, first])).toEqual(sessionFrom(segments).spans);
  const missing = await spansOf([first, ...rest]);
  expect(missing).toEqual(sessionFrom([first, ...rest]).spans);
  expect(missing.map(({ kind }) => kind)).toContain('gap');
});
