import type { Undo } from '../page/patch.ts';
import { call, patchAccessor, patchMethod, together } from '../page/patch.ts';
import { NativeResponse } from './nativeResponse.ts';

/** What a page uses of a Response first; `body` and `clone` are apart. */
const GETTERS = ['ok', 'status', 'statusText', 'headers', 'type', 'url', 'redirected', 'bodyUsed'];
const METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'];

/**
 * Observes each use of a Response. The callbacks run after the native and must not throw.
 * @param onUse gets the Response, except for `body` and `clone`
 */
export function hookResponse(
  onUse: (response: Response) => void,
  onBody: (response: Response, body: ReadableStream) => void,
  onClone: (response: Response, copy: Response) => void,
): Undo {
  const { prototype } = Response;
  const undos: Undo[] = [
    patchAccessor(prototype, 'body', 'get', (native, self, args) => {
      const body = call(native, self, args) as ReadableStream | null;
      if (body) onBody(self as Response, body);
      return body;
    }),
    patchMethod(prototype, 'clone', (native, self, args) => {
      const copy = call(native, self, args) as Response;
      onClone(self as Response, copy);
      return copy;
    }),
  ];
  for (const name of GETTERS) {
    undos.push(
      patchAccessor(prototype, name, 'get', (native, self, args) => {
        const value = call(native, self, args);
        onUse(self as Response);
        return value;
      }),
    );
  }
  for (const name of METHODS) {
    undos.push(
      patchMethod(prototype, name, (native, self, args) => {
        const promise = call(native, self, args);
        if (self instanceof NativeResponse) onUse(self);
        return promise;
      }),
    );
  }
  return together(undos);
}
