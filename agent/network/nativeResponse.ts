import { getterOf } from '../page/natives.ts';
import { call } from '../page/patch.ts';

// Reads a Response with getters saved before the page's first script.

export const NativeResponse = Response;
export const urlOf = getterOf(Response, 'url');
const headersOf = getterOf(Response, 'headers');
const getHeader = Headers.prototype.get;

/** The `Content-Type` header; empty if there is none. */
export const contentTypeOf = (response: Response): string =>
  (call(getHeader, headersOf(response), ['content-type']) as string | null) ?? '';
