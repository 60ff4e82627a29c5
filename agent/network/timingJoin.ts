import type { RequestRow } from '../../src/protocol/rows.ts';
import { SafeMap } from '../page/natives.ts';
import { now } from '../recording/clock.ts';

/** Rows of script requests that wait for their Resource Timing entry. */
export interface TimingJoin {
  /**
   * @param url the full URL, without its fragment
   * @param onTiming called when the entry has arrived and the row is filled in; `certain`: no other
   *   request for that URL was active, so that the entry must belong to this one
   * @param fits whether an entry with this status can belong to the request; decides between
   *   requests that began together
   */
  expect(
    url: string,
    row: RequestRow,
    onTiming: (entry: PerformanceResourceTiming, certain: boolean) => void,
    fits: (status: number | undefined) => boolean,
  ): void;
}

/** The interface for the code that delivers the entries. */
export interface TimingJoinEntries extends TimingJoin {
  /** Removes and returns the waiting request that an entry belongs to, if any. */
  take(url: string, entry: PerformanceResourceTiming): WaitingRequest | undefined;
  /** Drops requests whose entry is overdue. */
  expire(): void;
}

interface WaitingRequest {
  readonly row: RequestRow;
  onTiming(entry: PerformanceResourceTiming, certain: boolean): void;
  /** Whether no other request for the URL was active at the same time. */
  alone: boolean;
  fits(status: number | undefined): boolean;
}

/**
 * An entry that has not arrived after this time, ms, never will: the buffer is full, or the request
 * was made by another window.
 */
const LATEST = 120_000;
/**
 * How long after the call the start of its entry may be, ms, on a busy machine. Within this limit,
 * the status identifies requests better than the start does.
 */
const LATE_START = 20;

export function createTimingJoin(): TimingJoinEntries {
  const byUrl = new SafeMap<string, WaitingRequest[]>();
  return {
    expect(url, row, onTiming, fits) {
      const requests = byUrl.get(url);
      if (!requests) {
        byUrl.set(url, [{ row, onTiming, fits, alone: true }]);
        return;
      }
      for (let index = 0; index < requests.length; index++)
        (requests[index] as WaitingRequest).alone = false;
      requests[requests.length] = { row, onTiming, fits, alone: false };
    },
    take(url, entry) {
      const requests = byUrl.get(url);
      if (!requests) return undefined;
      // Takes the nearest start: requests for the same URL may overlap.
      let best = 0;
      for (let index = 1; index < requests.length; index++) {
        const request = requests[index] as WaitingRequest;
        if (distance(request, entry) < distance(requests[best] as WaitingRequest, entry))
          best = index;
      }
      const found = requests[best];
      requests[best] = requests[requests.length - 1] as WaitingRequest;
      requests.length--;
      if (requests.length === 0) byUrl.delete(url);
      return found;
    },
    expire() {
      const oldest = now() - LATEST;
      byUrl.forEach((requests, url) => {
        let left = 0;
        for (let index = 0; index < requests.length; index++) {
          const request = requests[index] as WaitingRequest;
          if (request.row.startTime > oldest) requests[left++] = request;
        }
        requests.length = left;
        if (left === 0) byUrl.delete(url);
      });
    },
  };
}

function distance(
  { row, fits }: WaitingRequest,
  { startTime, responseStatus }: PerformanceResourceTiming,
): number {
  const difference = row.startTime - startTime;
  return (difference < 0 ? -difference : difference) + (fits(responseStatus) ? 0 : LATE_START);
}
