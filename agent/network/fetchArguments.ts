import { getterOf, plainOption } from '../page/natives.ts';
import { withoutFragment } from './withoutFragment.ts';

// Reads the arguments of a `fetch` without running any of the page's code.

// Saved before the page replaces them.
const [NativeRequest, NativeURL] = [Request, URL];
const hrefOf = getterOf(URL, 'href');
const requestGetters = {
  url: getterOf(Request, 'url'),
  method: getterOf(Request, 'method'),
  signal: getterOf(Request, 'signal'),
  mode: getterOf(Request, 'mode'),
  redirect: getterOf(Request, 'redirect'),
  integrity: getterOf(Request, 'integrity'),
};

type FetchInput = string | URL | Request;

/** False for objects that convert themselves to a string: only the native may do that, once. */
export const isReadable = (input: unknown): input is FetchInput =>
  typeof input === 'string' || input instanceof NativeRequest || input instanceof NativeURL;

/** The requested URL in full, without its fragment. */
export function requestedUrl(input: FetchInput): string {
  const url =
    typeof input === 'string'
      ? input
      : input instanceof NativeRequest
        ? requestGetters.url(input)
        : hrefOf(input);
  return withoutFragment(hrefOf(new NativeURL(url, baseUrl())));
}

/** An option of the request. As in `fetch`, the second argument overrides the Request. */
export const fetchOption = (
  input: FetchInput,
  options: unknown,
  name: keyof typeof requestGetters,
): unknown =>
  plainOption(options, name) ??
  (input instanceof NativeRequest ? requestGetters[name](input) : undefined);

/** A method as `fetch` sends it: the standard ones in upper case. */
export function normalizeMethod(option: unknown): string {
  if (option === undefined || option === null) return 'GET';
  const text = `${option}`;
  return /^(get|head|post|put|delete|options)$/i.test(text) ? text.toUpperCase() : text;
}

const baseUrl = (): string => (typeof document === 'object' ? document.baseURI : location.href);
