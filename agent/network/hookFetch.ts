import { SafeWeakRef, watch } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, patchMethod, together } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { fetchOption, isReadable, normalizeMethod, requestedUrl } from './fetchArguments.ts';
import { hookResponse } from './hookResponse.ts';
import { hookStreams } from './hookStreams.ts';
import type { PendingRequest } from './pendingRequests.ts';
import { createPendingRequests, isAborted } from './pendingRequests.ts';
import { emptyRequest } from './requestRow.ts';
import type { ResponseRecord } from './responseRecord.ts';
import { createResponseRecords } from './responseRecords.ts';
import type { TimingJoin } from './timingJoin.ts';

/**
 * Records every `fetch`: when it began, when the page got the Response, and its status and type.
 * Phases, sizes and failure follow from Resource Timing. If the page reads the body chunk by chunk,
 * also when each chunk came.
 *
 * The page gets the engine's own promise, and the agent adds no reaction to it: that would suppress
 * `unhandledrejection`. Nor does it return a promise of its own, which would settle a microtask
 * late; the official tests of `fetch` notice that. So a Response is identified when the page first
 * uses it, by its URL if only one request has that URL; otherwise once the Resource Timing entry
 * shows that the promise is fulfilled. About 3 µs a request and 0.5 µs a chunk.
 */
export function hookFetch(context: HookContext, join: TimingJoin): Undo {
  const requests = createPendingRequests(context);
  const responses = createResponseRecords(requests);
  const streams = hookStreams(context);

  function begin(args: readonly unknown[], start: number, promise: Promise<Response>): void {
    const input = args[0];
    const options = args[1];
    if (!isReadable(input)) return;
    const url = requestedUrl(input);
    const method = normalizeMethod(fetchOption(input, options, 'method'));
    const row = context.requests.add(emptyRequest(context.cleanUrl(url), method, 'fetch', start));
    if (!row) return;
    const signal = fetchOption(input, options, 'signal');
    const request: PendingRequest = {
      row,
      url,
      promise: new SafeWeakRef(promise),
      timed: false,
      signal: signal instanceof AbortSignal ? signal : null,
      hidesFailure:
        fetchOption(input, options, 'mode') === 'no-cors' ||
        fetchOption(input, options, 'redirect') === 'manual' ||
        Boolean(fetchOption(input, options, 'integrity')),
    };
    requests.add(request);
    join.expect(
      url,
      row,
      ({ responseStatus }, certain) => addTiming(request, responseStatus, certain),
      (status) => status === undefined || (status === 0) === isAborted(request),
    );
  }

  /** Handles the arrival of the request's Resource Timing entry. */
  function addTiming(request: PendingRequest, status: number | undefined, certain: boolean): void {
    request.timed = true;
    if (request.hidesFailure) return;
    const promise = request.promise.deref();
    if (status && certain && !isAborted(request) && promise) identify(request, promise);
    else if (status === 0 && request.row.responseUsed === null) requests.fail(request);
  }

  /**
   * To be called when a status shows that the promise is fulfilled: a reaction then hides no
   * rejection.
   */
  function identify(request: PendingRequest, promise: Promise<Response>): void {
    watch(
      promise,
      (response) =>
        context.quietly('a response', () => {
          const record = responses.recordOf(response, null);
          if (record && record.row !== request.row) requests.resolve(request, record);
        }),
      () => {},
    );
  }

  const use = (response: Response): ResponseRecord | null | undefined =>
    context.quietly('a response', () => responses.recordOf(response, now()));

  return together([
    streams.undo,
    patchMethod(globalThis, 'fetch', (native, self, args) => {
      const start = now();
      const promise = call(native, self, args) as Promise<Response>;
      context.quietly('a fetch', () => begin(args, start, promise));
      return promise;
    }),
    hookResponse(
      use,
      (response, body) => {
        const record = use(response);
        if (record) streams.watch(body, record);
      },
      (response, copy) => {
        use(response);
        responses.ignore(copy);
      },
    ),
  ]);
}
