import type { RequestRow } from '../../src/protocol/rows.ts';
import { SafeMap } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { emptyRequest, fillFromTiming } from './requestRow.ts';
import { withoutFragment } from './withoutFragment.ts';

// Held before the page replaces them.
const { getEntries } = PerformanceObserverEntryList.prototype;
const { takeRecords } = PerformanceObserver.prototype;

/** Rows of requests by script that wait for their Resource Timing entry. */
export interface TimingJoin {
  /**
   * @param url in full, without its fragment
   * @param timed called when the entry has come and the row is filled in; `certain`: no other request for that
   *   URL was under way, so that the entry is surely this one's
   * @param fits whether an entry of this status can be the request's: decides between requests begun together
   */
  expect(
    url: string,
    row: RequestRow,
    timed: (entry: PerformanceResourceTiming, certain: boolean) => void,
    fits: (status: number | undefined) => boolean,
  ): void;
}

interface Waiting {
  readonly row: RequestRow;
  timed(entry: PerformanceResourceTiming, certain: boolean): void;
  /** No other request for the URL was under way with it. */
  alone: boolean;
  fits(status: number | undefined): boolean;
}

/** An entry that has not come after this, ms, will not come: buffer full, or another window's request. */
const PATIENCE = 120_000;

/**
 * Every request that the page's timeline shows: those of `fetch` are joined with their row, all others
 * (XMLHttpRequest, scripts, images, the document) get one. Costs nothing between entries.
 */
export function hookResources(context: HookContext): { undo: Undo; join: TimingJoin } {
  const waiting = new SafeMap<string, Waiting[]>();

  function take(
    url: string,
    { startTime, responseStatus }: PerformanceResourceTiming,
  ): Waiting | undefined {
    const rows = waiting.get(url);
    if (!rows) return undefined;
    // The nearest start: requests for one URL may overlap.
    let best = 0;
    for (let at = 1; at < rows.length; at++) {
      if (
        distance(rows[at] as Waiting, startTime, responseStatus) <
        distance(rows[best] as Waiting, startTime, responseStatus)
      )
        best = at;
    }
    const found = rows[best];
    rows[best] = rows[rows.length - 1] as Waiting;
    rows.length--;
    if (rows.length === 0) waiting.delete(url);
    return found;
  }

  let documentRow: RequestRow | null = null;
  function record(entries: PerformanceResourceTiming[]): void {
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] as PerformanceResourceTiming;
      // The document's entry comes once buffered and once complete.
      if (entry.entryType === 'navigation' && documentRow) {
        fillFromTiming(documentRow, entry);
        context.requests.changed(documentRow);
        continue;
      }
      const script =
        entry.initiatorType === 'fetch' ? take(withoutFragment(entry.name), entry) : undefined;
      const initiator = entry.entryType === 'navigation' ? 'navigation' : entry.initiatorType;
      const row =
        script?.row ??
        context.requests.add(
          emptyRequest(context.cleanUrl(entry.name), 'GET', initiator, entry.startTime),
        );
      if (!row) continue;
      if (entry.entryType === 'navigation') documentRow = row;
      fillFromTiming(row, entry);
      context.requests.changed(row);
      script?.timed(entry, script.alone);
    }
  }

  const observer = new PerformanceObserver((list) =>
    context.quietly('Resource Timing', () => {
      record(call(getEntries, list, []) as PerformanceResourceTiming[]);
    }),
  );
  observer.observe({ type: 'resource', buffered: true });
  if (typeof document === 'object') observer.observe({ type: 'navigation', buffered: true });

  context.onTick(() => {
    // Entries wait for a task of their own, which a last chunk does not.
    record(call(takeRecords, observer, []) as PerformanceResourceTiming[]);
    const oldest = now() - PATIENCE;
    waiting.forEach((rows, url) => {
      let left = 0;
      for (let at = 0; at < rows.length; at++) {
        const request = rows[at] as Waiting;
        if (request.row.startTime > oldest) rows[left++] = request;
      }
      rows.length = left;
      if (left === 0) waiting.delete(url);
    });
  });

  return {
    undo: () => observer.disconnect(),
    join: {
      expect(url, row, timed, fits) {
        const rows = waiting.get(url);
        if (!rows) {
          waiting.set(url, [{ row, timed, fits, alone: true }]);
          return;
        }
        for (let at = 0; at < rows.length; at++) (rows[at] as Waiting).alone = false;
        rows[rows.length] = { row, timed, fits, alone: false };
      },
    },
  };
}

/**
 * How long after the call an entry's start may be, ms, where the machine is busy: within that it tells requests no better
 * apart than their status.
 */
const LATE = 20;

const distance = ({ row, fits }: Waiting, start: number, status: number | undefined): number => {
  const apart = row.startTime - start;
  return (apart < 0 ? -apart : apart) + (fits(status) ? 0 : LATE);
};
