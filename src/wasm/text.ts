// Text of names. Held here so that a page that replaces TextDecoder later is neither seen nor hurt; the decoders are
// made when the first module comes.
const Decoder = TextDecoder;
const { decode } = TextDecoder.prototype;
const { apply } = Reflect;

type Decode = (bytes: Uint8Array) => string;

function decoderOf(label: string, options: { ignoreBOM?: boolean }): Decode {
  let decoder: TextDecoder | null = null;
  return (bytes) => {
    decoder ??= new Decoder(label, options);
    return apply(decode, decoder, [bytes]) as string;
  };
}

export const decodeUtf8: Decode = decoderOf('utf-8', { ignoreBOM: true });
/** One character for each byte. */
export const decodeLatin1: Decode = decoderOf('latin1', {});
export const NOT_ASCII = /[^\0-\x7f]/;
