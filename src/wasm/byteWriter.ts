/** Appends the primitive values of the WebAssembly binary format to a growing buffer. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  bytes(values: ArrayLike<number>): this {
    this.#room(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  u32(value: number): this {
    this.#room(5);
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
    return this;
  }

  s32(value: number): this {
    this.#room(5);
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
        this.#bytes[this.#length++] = low;
        return this;
      }
      this.#bytes[this.#length++] = low | 0x80;
    }
  }

  f64(value: number): this {
    return this.bytes(new Uint8Array(new Float64Array([value]).buffer));
  }

  name(text: string): this {
    const start = this.#length;
    this.u32(text.length).#room(text.length);
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= 0x80) {
        this.#length = start;
        const encoded = encodeUtf8(text);
        return this.u32(encoded.length).bytes(encoded);
      }
      this.#bytes[this.#length++] = code;
    }
    return this;
  }

  /**
   * Writes a number as a LEB128 of five bytes, whatever its size, so that `patch` can replace it.
   */
  padded(value: number): this {
    this.#room(5);
    writePadded(this.#bytes, this.#length, value);
    this.#length += 5;
    return this;
  }

  /** Replaces a number that `padded` wrote. */
  patch(offset: number, value: number): this {
    writePadded(this.#bytes, offset, value);
    return this;
  }

  /** Writes a section: its id, its size, and then whatever `content` writes into this writer. */
  section(id: number, content: (writer: this) => void): this {
    const start = this.byte(id).length;
    this.padded(0);
    content(this);
    return this.patch(start, this.#length - start - 5);
  }

  /** The bytes written so far, without copying; valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Correct for unsigned numbers and for non-negative signed ones below 2^31. */
function writePadded(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = (value & 0x7f) | 0x80;
  bytes[offset + 1] = ((value >>> 7) & 0x7f) | 0x80;
  bytes[offset + 2] = ((value >>> 14) & 0x7f) | 0x80;
  bytes[offset + 3] = ((value >>> 21) & 0x7f) | 0x80;
  bytes[offset + 4] = value >>> 28;
}

const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const encodeUtf8 = (text: string): Uint8Array => encode(text);

export const MODULE_HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00] as const;
