import type { RequestRow } from '../../src/protocol/rows.ts';
import type { Undo } from '../page/patch.ts';
import { call } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import { emptyRequest, fillFromTiming } from './requestRow.ts';
import type { TimingJoin } from './timingJoin.ts';
import { createTimingJoin } from './timingJoin.ts';
import { withoutFragment } from './withoutFragment.ts';

// Saved before the page replaces them.
const { getEntries } = PerformanceObserverEntryList.prototype;
const { takeRecords } = PerformanceObserver.prototype;

/**
 * Records every request that the page's timeline shows: those of `fetch` are joined with their row,
 * all others (XMLHttpRequest, scripts, images, the document) get one. Observes from the start, as
 * pages may clear or limit the buffer of entries. Costs nothing between entries.
 */
export function hookResources(context: HookContext): { undo: Undo; join: TimingJoin } {
  const join = createTimingJoin();
  let documentRow: RequestRow | null = null;

  function addRow(entry: PerformanceResourceTiming, initiator: string): RequestRow | null {
    const { name, startTime } = entry;
    return context.requests.add(emptyRequest(context.cleanUrl(name), 'GET', initiator, startTime));
  }

  function recordDocument(entry: PerformanceResourceTiming): void {
    // The document's entry arrives twice: once buffered, once complete.
    documentRow ??= addRow(entry, 'navigation');
    if (documentRow) fill(documentRow, entry);
  }

  function recordResource(entry: PerformanceResourceTiming): void {
    const { initiatorType, name } = entry;
    const request = initiatorType === 'fetch' ? join.take(withoutFragment(name), entry) : undefined;
    const row = request?.row ?? addRow(entry, initiatorType);
    if (!row) return;
    fill(row, entry);
    request?.onTiming(entry, request.alone);
  }

  function fill(row: RequestRow, entry: PerformanceResourceTiming): void {
    fillFromTiming(row, entry);
    context.requests.changed(row);
  }

  function record(entries: PerformanceEntryList): void {
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index] as PerformanceResourceTiming;
      if (entry.entryType === 'navigation') recordDocument(entry);
      else recordResource(entry);
    }
  }

  const observer = new PerformanceObserver((list) =>
    context.quietly('Resource Timing', () => {
      record(call(getEntries, list, []) as PerformanceEntryList);
    }),
  );
  observer.observe({ type: 'resource', buffered: true });
  if (typeof document === 'object') observer.observe({ type: 'navigation', buffered: true });

  context.onTick(() => {
    // Entries are delivered in a task of their own, which may come after the last chunk.
    record(call(takeRecords, observer, []) as PerformanceEntryList);
    join.expire();
  });

  return { undo: () => observer.disconnect(), join };
}
