// Decodes names. The decoder class is saved here, so that the agent and a page that replaces
// TextDecoder later do not affect each other. Decoders are created for the first module.
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
/** Decodes each byte to one character. */
export const decodeLatin1: Decode = decoderOf('latin1', {});
export const NOT_ASCII = /[^\0-\x7f]/;
