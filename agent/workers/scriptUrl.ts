import { getterOf } from '../page/natives.ts';
import { call } from '../page/patch.ts';

// Held before the page replaces them.
const NativeBlob = Blob;
const NativeURL = URL;
const { createObjectURL, revokeObjectURL } = URL;
const hrefOf = getterOf(URL, 'href');

/**
 * An address that the page gave, absolute; '' for other objects, as the page could notice their
 * conversion to text.
 */
export function absoluteUrl(address: unknown): string {
  const text = address instanceof NativeURL ? hrefOf(address) : address;
  const base = typeof document === 'object' ? document.baseURI : location.href;
  return typeof text === 'string' ? hrefOf(new NativeURL(text, base)) : '';
}

/** Makes a `blob:` URL of a script. */
export const scriptUrl = (parts: BlobPart[]): string =>
  call(createObjectURL, NativeURL, [new NativeBlob(parts, { type: 'text/javascript' })]) as string;

export const revokeUrl = (url: string): void => {
  call(revokeObjectURL, NativeURL, [url]);
};
