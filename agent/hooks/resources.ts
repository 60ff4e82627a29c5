import type { RequestRow } from '../../src/protocol/rows.ts';
import { now } from '../lib/clock.ts';
import type { HookContext } from '../lib/context.ts';
import type { Undo } from '../lib/patch.ts';
import { emptyRequest, fillFromTiming } from '../lib/requestRow.ts';

/** Rows of requests by script that wait for their Resource Timing entry. */
export interface TimingJoin {
  /** @param url in full, as the entry will name it */
  expect(url: string, row: RequestRow): void;
}

/** An entry that has not come after this, ms, will not come: buffer full, or another window's request. */
const PATIENCE = 120_000;

/**
 * Every request that the page's timeline shows: those of `fetch` are joined with their row, all others
 * (XMLHttpRequest, scripts, images, the document) get one. Costs nothing between entries.
 */
export function hookResources(context: HookContext): { undo: Undo; join: TimingJoin } {
  const waiting = new Map<string, RequestRow[]>();

  function take(url: string, start: number): RequestRow | undefined {
    const rows = waiting.get(url);
    if (!rows) return undefined;
    // The nearest start: requests for one URL may overlap.
    let best = 0;
    for (let at = 1; at < rows.length; at++) {
      if (Math.abs((rows[at] as RequestRow).startTime - start) < Math.abs((rows[best] as RequestRow).startTime - start)) best = at;
    }
    const [row] = rows.splice(best, 1);
    if (rows.length === 0) waiting.delete(url);
    return row;
  }

  let documentRow: RequestRow | null = null;
  const observer = new PerformanceObserver((list) => context.quietly('Resource Timing', () => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      // The document's entry comes once buffered and once complete.
      if (entry.entryType === 'navigation' && documentRow) {
        fillFromTiming(documentRow, entry);
        context.requests.changed(documentRow);
        continue;
      }
      const script = entry.initiatorType === 'fetch' ? take(entry.name, entry.startTime) : undefined;
      const initiator = entry.entryType === 'navigation' ? 'navigation' : entry.initiatorType;
      const row = script ?? context.requests.add(emptyRequest(context.cleanUrl(entry.name), 'GET', initiator, entry.startTime));
      if (!row) continue;
      if (entry.entryType === 'navigation') documentRow = row;
      fillFromTiming(row, entry);
      context.requests.changed(row);
    }
  }));
  observer.observe({ type: 'resource', buffered: true });
  if (typeof document === 'object') observer.observe({ type: 'navigation', buffered: true });

  context.onTick(() => {
    for (const [url, rows] of waiting) {
      const left = rows.filter(({ startTime }) => now() - startTime < PATIENCE);
      if (left.length > 0) waiting.set(url, left);
      else waiting.delete(url);
    }
  });

  return {
    undo: () => observer.disconnect(),
    join: {
      expect(url, row) {
        const rows = waiting.get(url);
        if (rows) rows.push(row);
        else waiting.set(url, [row]);
      },
    },
  };
}
