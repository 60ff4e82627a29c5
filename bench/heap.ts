import { allocated, CROSSINGS } from '../test/browser/allocated.ts';
import type { Harness } from '../test/browser/harness.ts';
import type { Row } from './report.ts';
import { single } from './statistics.ts';

/** What the page's heap is given over ten million crossings, collected since or not. */
export async function benchHeap(harness: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  for (const calls of ['JS→wasm', 'wasm→JS', 'wasm→JS with a double'] as const) {
    const [without, with_] = [
      await allocated(harness, false, calls),
      await allocated(harness, true, calls),
    ];
    rows.push({
      group: `Bytes that the JS heap is given over ${CROSSINGS / 1e6} million crossings`,
      what: calls,
      unit: 'bytes a crossing',
      figure: single(with_ / CROSSINGS),
      native: single(without / CROSSINGS),
    });
  }
  return rows;
}
