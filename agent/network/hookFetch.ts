import type { RequestRow } from '../../src/protocol/rows.ts';
import { getterOf, plainOption, SafeWeakMap, SafeWeakRef, watch } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, patchAccessor, patchMethod, together } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import type { TimingJoin } from './hookResources.ts';
import type { MetResponse } from './metResponse.ts';
import { contentTypeOf, NativeResponse, urlOf } from './nativeResponse.ts';
import { emptyRequest } from './requestRow.ts';
import { createStreamWatch } from './streamWatch.ts';
import { withoutFragment } from './withoutFragment.ts';

// Held before the page replaces them.
const [NativeRequest, NativeURL] = [Request, URL];
const statusOf = getterOf(Response, 'status');
const redirectedOf = getterOf(Response, 'redirected');
const hrefOf = getterOf(URL, 'href');
const abortedOf = getterOf(AbortSignal, 'aborted');
const ofRequest = {
  url: getterOf(Request, 'url'),
  method: getterOf(Request, 'method'),
  signal: getterOf(Request, 'signal'),
  mode: getterOf(Request, 'mode'),
  redirect: getterOf(Request, 'redirect'),
  integrity: getterOf(Request, 'integrity'),
};

/** What the page uses of a Response first; `body` is apart. */
const GETTERS = ['ok', 'status', 'statusText', 'headers', 'type', 'url', 'redirected', 'bodyUsed'];
const METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'];
/** Requests whose Response the page has not used: as many are kept. */
const MOST_SENT = 1000;

/** A request of which the Response is not known yet. */
interface Sent {
  readonly row: RequestRow;
  /** In full, without fragment. */
  readonly url: string;
  /** Weak: an unused Response may be collected, and its connection closed, as without the agent. */
  readonly promise: WeakRef<Promise<Response>>;
  readonly signal: AbortSignal | null;
  /** Resource Timing does not tell whether it failed: no-cors, manual redirects, integrity. */
  readonly silent: boolean;
  timed: boolean;
}

/**
 * Every `fetch`: when it began, when the page had the Response and of what status and type; phases, sizes and
 * failure follow from Resource Timing. Of a body that the page reads chunk by chunk also when each chunk came.
 * The page gets the engine's own promise, and nothing waits on it: that would swallow `unhandledrejection`, and
 * a promise of the agent's own would settle a microtask late, which the official tests of `fetch` notice. So a
 * Response is known when the page first uses it, by its URL where only one request has that; else once the
 * entry says that the promise is fulfilled. About 3 µs a request and 0.5 µs a chunk.
 */
export function hookFetch(context: HookContext, join: TimingJoin): Undo {
  /** Null: a Response that answers no request. */
  const met = new SafeWeakMap<Response, MetResponse | null>();
  const streams = createStreamWatch(context);
  let sent: Sent[] = [];

  function begin(args: readonly unknown[], start: number, promise: Promise<Response>): void {
    const input = args[0];
    const given = input instanceof NativeRequest ? input : null;
    const option = (name: keyof typeof ofRequest): unknown =>
      plainOption(args[1], name) ?? (given && ofRequest[name](given));
    const text = given
      ? ofRequest.url(given)
      : input instanceof NativeURL
        ? hrefOf(input)
        : (input as string);
    const url = withoutFragment(hrefOf(new NativeURL(text, baseUrl())));
    const row = context.requests.add(
      emptyRequest(context.cleanUrl(url), methodOf(option('method')), 'fetch', start),
    );
    if (!row) return;
    const signal = option('signal');
    const request: Sent = {
      row,
      url,
      promise: new SafeWeakRef(promise),
      timed: false,
      signal: signal instanceof AbortSignal ? signal : null,
      silent:
        option('mode') === 'no-cors' ||
        option('redirect') === 'manual' ||
        Boolean(option('integrity')),
    };
    if (sent.length >= MOST_SENT) sent = without(sent, sent[0]);
    sent[sent.length] = request;
    join.expect(
      url,
      row,
      ({ responseStatus }, certain) => timed(request, responseStatus, certain),
      (status) => status === undefined || (status === 0) === aborted(request),
    );
  }

  /** The request's entry is there. */
  function timed(request: Sent, status: number | undefined, certain: boolean): void {
    request.timed = true;
    const promise = request.promise.deref();
    if (status && certain && !aborted(request) && !request.silent && promise) {
      // A status of its own says that it is fulfilled: to watch it now takes no rejection from the page.
      watch(
        promise,
        (response) =>
          context.quietly('a response', () => {
            const known = meet(response, null);
            if (known && known.row !== request.row) link(request, known);
          }),
        () => {},
      );
    } else if (status === 0 && !request.silent && request.row.responseUsed === null) fail(request);
  }

  function fail(request: Sent): void {
    request.row.error = aborted(request)
      ? 'aborted'
      : 'failed before a response: network, CORS or policy';
    context.requests.changed(request.row);
    sent = without(sent, request);
  }

  function link(request: Sent, response: MetResponse): void {
    const { row } = request;
    response.row = row;
    row.responseUsed = response.at;
    row.status = response.status;
    row.contentType = response.contentType;
    row.stream = response.stream;
    context.requests.changed(row);
    sent = without(sent, request);
  }

  /** What is known of a Response, at its first use matched with its request. */
  function meet(response: Response, at: number | null): MetResponse | null {
    const known = met.get(response);
    if (known !== undefined) return known;
    const url = urlOf(response);
    // Made by the page, opaque, or an error: no telling whose.
    const fresh: MetResponse | null =
      url === ''
        ? null
        : {
            row: null,
            at,
            status: statusOf(response),
            stream: null,
            contentType: contentTypeOf(response),
          };
    met.set(response, fresh);
    if (!fresh) return null;
    const redirected = redirectedOf(response);
    let only: Sent | null = null;
    for (let at = 0; at < sent.length; at++) {
      const request = sent[at] as Sent;
      // A redirected Response has another URL than its request.
      if (!redirected && request.url !== url) continue;
      // Of two, the one that is not aborted: the other's promise most likely failed before it had a Response.
      if (only && aborted(only) === aborted(request)) return fresh;
      if (!only || aborted(only)) only = request;
    }
    if (only) link(only, fresh);
    return fresh;
  }

  const use = (self: unknown): MetResponse | null | undefined =>
    context.quietly('a response', () => meet(self as Response, now()));
  const undos: Undo[] = [
    streams.undo,
    patchMethod(globalThis, 'fetch', (native, self, args) => {
      const start = now();
      const promise = call(native, self, args) as Promise<Response>;
      const input = args[0];
      // Another object turns itself into a string: that runs once, natively.
      if (
        typeof input === 'string' ||
        input instanceof NativeRequest ||
        input instanceof NativeURL
      ) {
        context.quietly('a fetch', () => begin(args, start, promise));
      }
      return promise;
    }),
    patchAccessor(Response.prototype, 'body', 'get', (native, self, args) => {
      const body = call(native, self, args) as ReadableStream | null;
      const response = body && use(self);
      if (response) streams.watch(body, response);
      return body;
    }),
    patchMethod(Response.prototype, 'clone', (native, self, args) => {
      const copy = call(native, self, args) as Response;
      use(self);
      met.set(copy, null);
      return copy;
    }),
  ];
  for (const name of GETTERS) {
    undos.push(
      patchAccessor(Response.prototype, name, 'get', (native, self, args) => {
        const value = call(native, self, args);
        use(self);
        return value;
      }),
    );
  }
  for (const name of METHODS) {
    undos.push(
      patchMethod(Response.prototype, name, (native, self, args) => {
        const promise = call(native, self, args);
        if (self instanceof NativeResponse) use(self);
        return promise;
      }),
    );
  }

  context.onTick(() => {
    for (let at = sent.length - 1; at >= 0; at--) {
      const request = sent[at] as Sent;
      // An aborted request may have no entry; a collected promise gave its Response to nobody.
      if (!request.timed && aborted(request)) fail(request);
      else if (request.timed && !request.promise.deref()) sent = without(sent, request);
    }
  });
  return together(undos);
}

const baseUrl = (): string => (typeof document === 'object' ? document.baseURI : location.href);

const aborted = ({ signal }: Sent): boolean => signal !== null && abortedOf(signal);

/** The page's own getters are not run: '' where the method is one. */
function methodOf(option: unknown): string {
  if (option === undefined || option === null) return 'GET';
  const text = `${option}`;
  return /^(get|head|post|put|delete|options)$/i.test(text) ? text.toUpperCase() : text;
}

function without(list: readonly Sent[], gone: Sent | undefined): Sent[] {
  const left: Sent[] = [];
  for (let at = 0; at < list.length; at++)
    if (list[at] !== gone) left[left.length] = list[at] as Sent;
  return left;
}
