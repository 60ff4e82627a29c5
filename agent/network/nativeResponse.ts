import { getterOf } from '../page/natives.ts';
import { call } from '../page/patch.ts';

// What the agent asks a Response, by the getters of the time before the page's first script.

export const NativeResponse = Response;
export const urlOf = getterOf(Response, 'url');
const headersOf = getterOf(Response, 'headers');
const getHeader = Headers.prototype.get;

/** Empty where there is none. */
export const contentTypeOf = (response: Response): string =>
  (call(getHeader, headersOf(response), ['content-type']) as string | null) ?? '';
