import { STRICT } from '../page/strict.ts';

// Held before the page replaces them.
const {
  atob: binaryOf,
  decodeURIComponent: decode,
  encodeURIComponent: encode,
  escape: escapesOf,
} = globalThis;

/**
 * A classic script's data URL with a statement put in front of the script, in its first line.
 * @throws where the URL holds no text in UTF-8
 */
export function dataUrlWith(url: string, statement: string): string {
  const bare = url.split('#', 1)[0] as string;
  const comma = bare.indexOf(',');
  const given = bare.slice(comma + 1);
  const plain = decode(
    /;\s*base64\s*$/i.test(bare.slice(0, comma)) ? escapesOf(binaryOf(decode(given))) : given,
  );
  // A name for stacks ends at a space, and may have no quotes.
  const name = plain.includes('sourceURL=')
    ? ''
    : `\n//# sourceURL=${url.replace(/[\s"']/g, encode)}`;
  const strict = STRICT.test(plain) ? '"use strict";' : '';
  return `data:text/javascript,${encode(strict + statement + plain + name)}`;
}
