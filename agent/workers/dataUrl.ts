import { STRICT } from '../page/strict.ts';

// Saved before the page replaces them.
const {
  atob: binaryOf,
  decodeURIComponent: decode,
  encodeURIComponent: encode,
  escape: escapesOf,
} = globalThis;

/**
 * Returns a classic script's data URL with a statement inserted before the script, in its first
 * line.
 * @throws if the URL does not contain UTF-8 text
 */
export function dataUrlWith(url: string, statement: string): string {
  const bare = url.split('#', 1)[0] as string;
  const comma = bare.indexOf(',');
  const encoded = bare.slice(comma + 1);
  const plain = decode(
    /;\s*base64\s*$/i.test(bare.slice(0, comma)) ? escapesOf(binaryOf(decode(encoded))) : encoded,
  );
  // A name for stack traces ends at a space, and must not contain quotes.
  const name = plain.includes('sourceURL=')
    ? ''
    : `\n//# sourceURL=${url.replace(/[\s"']/g, encode)}`;
  const strict = STRICT.test(plain) ? '"use strict";' : '';
  return `data:text/javascript,${encode(strict + statement + plain + name)}`;
}
