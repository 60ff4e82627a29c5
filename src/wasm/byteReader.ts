import { decodeLatin1, decodeUtf8, NOT_ASCII } from './text.ts';

/** Thrown when bytes end early or violate the binary format; `offset` is the position. */
export class WasmFormatError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'WasmFormatError';
  }
}

/** Reads the primitive values of the WebAssembly binary format (core specification 5.2). */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    public offset = 0,
    readonly end = bytes.length,
  ) {}

  get done(): boolean {
    return this.offset >= this.end;
  }

  byte(): number {
    if (this.offset >= this.end) throw new WasmFormatError('unexpected end', this.offset);
    return this.bytes[this.offset++] as number;
  }

  /** Reads an unsigned LEB128 of at most 32 bits. */
  u32(): number {
    // Fast path: most numbers have one byte, and a module has tens of thousands of them.
    if (this.offset < this.end && (this.bytes[this.offset] as number) < 0x80)
      return this.bytes[this.offset++] as number;
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    throw new WasmFormatError('LEB128 too long', this.offset);
  }

  skip(count: number): void {
    if (this.offset + count > this.end) throw new WasmFormatError('unexpected end', this.end);
    this.offset += count;
  }

  /** Reads the bytes of a name without decoding them. */
  nameBytes(): Uint8Array {
    const length = this.u32();
    const from = this.offset;
    this.skip(length);
    return this.bytes.subarray(from, this.offset);
  }

  /**
   * Reads a name. Names are cut from the section's text, which is decoded once per reader: a
   * decoder call costs a microsecond, and some modules have tens of thousands of names.
   */
  name(): string {
    const length = this.u32();
    const from = this.offset;
    this.skip(length);
    if (this.#text === null) {
      this.#text = decodeLatin1(this.bytes.subarray(from, this.end));
      this.#textFrom = from;
    }
    const text = this.#text.slice(from - this.#textFrom, this.offset - this.#textFrom);
    return NOT_ASCII.test(text) ? decodeUtf8(this.bytes.subarray(from, this.offset)) : text;
  }

  #text: string | null = null;
  #textFrom = 0;

  /** Reads everything that is left, as text. */
  text(): string {
    return decodeUtf8(this.bytes.subarray(this.offset, this.end));
  }
}
