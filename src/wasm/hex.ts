const ByteArray = Uint8Array;
const { fromHex } = Uint8Array as { fromHex?(text: string): Uint8Array<ArrayBuffer> };
const { apply } = Reflect;
const parse = Number.parseInt;

/** Decodes hexadecimal text: when gzipped it is smaller than base 64. */
export function bytesOfHex(text: string): Uint8Array<ArrayBuffer> {
  if (fromHex) return apply(fromHex, ByteArray, [text]) as Uint8Array<ArrayBuffer>;
  const bytes = new ByteArray(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = parse(text.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
