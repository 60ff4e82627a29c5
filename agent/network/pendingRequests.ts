import type { RequestRow } from '../../src/protocol/rows.ts';
import { getterOf } from '../page/natives.ts';
import type { HookContext } from '../recording/context.ts';
import type { ResponseRecord } from './responseRecord.ts';

// Saved before the page replaces it.
const abortedOf = getterOf(AbortSignal, 'aborted');
/** The most pending requests that are kept. */
const MOST_PENDING = 1000;

/** A request whose Response has not been identified yet. */
export interface PendingRequest {
  readonly row: RequestRow;
  /** The full URL, without its fragment. */
  readonly url: string;
  /** Weak: an unused Response may be collected, and its connection closed, as without the agent. */
  readonly promise: WeakRef<Promise<Response>>;
  readonly signal: AbortSignal | null;
  /**
   * Whether Resource Timing hides failures of this request: no-cors, manual redirects, integrity.
   */
  readonly hidesFailure: boolean;
  /** Whether its Resource Timing entry has arrived. */
  timed: boolean;
}

export interface PendingRequests {
  /** Adds a request; beyond 1,000 the oldest is dropped. */
  add(request: PendingRequest): void;
  /**
   * Returns the request that a Response belongs to; null if there is none, or more than one
   * candidate.
   * @param url the Response's
   */
  match(url: string, redirected: boolean): PendingRequest | null;
  /** Fills in a request's row from its Response. */
  resolve(request: PendingRequest, response: ResponseRecord): void;
  /** Records that the request failed. */
  fail(request: PendingRequest): void;
}

export function createPendingRequests(context: HookContext): PendingRequests {
  let pending: PendingRequest[] = [];

  function remove(request: PendingRequest | undefined): void {
    const left: PendingRequest[] = [];
    for (let index = 0; index < pending.length; index++)
      if (pending[index] !== request) left[left.length] = pending[index] as PendingRequest;
    pending = left;
  }

  function fail(request: PendingRequest): void {
    request.row.error = isAborted(request)
      ? 'aborted'
      : 'failed before a response: network, CORS or policy';
    context.requests.changed(request.row);
    remove(request);
  }

  context.onTick(() => {
    for (let index = pending.length - 1; index >= 0; index--) {
      const request = pending[index] as PendingRequest;
      // An aborted request may have no entry. If the promise was collected, the page never got the
      // Response.
      if (!request.timed && isAborted(request)) fail(request);
      else if (request.timed && !request.promise.deref()) remove(request);
    }
  });

  return {
    fail,
    add(request) {
      if (pending.length >= MOST_PENDING) remove(pending[0]);
      pending[pending.length] = request;
    },
    match(url, redirected) {
      let only: PendingRequest | null = null;
      for (let index = 0; index < pending.length; index++) {
        const request = pending[index] as PendingRequest;
        // A redirected Response has another URL than its request.
        if (!redirected && request.url !== url) continue;
        // Of two candidates, takes the one that is not aborted: the promise of the other most
        // likely failed before it had a Response.
        if (only && isAborted(only) === isAborted(request)) return null;
        if (!only || isAborted(only)) only = request;
      }
      return only;
    },
    resolve(request, response) {
      const { row } = request;
      response.row = row;
      row.responseUsed = response.firstUse;
      row.status = response.status;
      row.contentType = response.contentType;
      row.stream = response.stream;
      context.requests.changed(row);
      remove(request);
    },
  };
}

export const isAborted = ({ signal }: PendingRequest): boolean =>
  signal !== null && abortedOf(signal);
