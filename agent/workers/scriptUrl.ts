import { getterOf } from '../page/natives.ts';
import { call } from '../page/patch.ts';

// Saved before the page replaces them.
const NativeBlob = Blob;
const NativeURL = URL;
const { createObjectURL, revokeObjectURL } = URL;
const hrefOf = getterOf(URL, 'href');

/**
 * Makes an address that the page passed absolute. Returns '' for other objects, because the page
 * could notice their conversion to text.
 */
export function absoluteUrl(address: unknown): string {
  const text = address instanceof NativeURL ? hrefOf(address) : address;
  const base = typeof document === 'object' ? document.baseURI : location.href;
  return typeof text === 'string' ? hrefOf(new NativeURL(text, base)) : '';
}

/** Creates a `blob:` URL for a script. */
export const scriptUrl = (parts: BlobPart[]): string =>
  call(createObjectURL, NativeURL, [new NativeBlob(parts, { type: 'text/javascript' })]) as string;

export const revokeUrl = (url: string): void => {
  call(revokeObjectURL, NativeURL, [url]);
};
