/** A hash in a file's name, as bundlers put it there: eight or more hex digits with a digit in them. */
const HASH = /[-._](?=[0-9a-f]*\d)[0-9a-f]{8,64}(?=\.[^./]+$)/i;

/** A file's name as it stays from build to build: `app-3f9a12bc.wasm` is `app.wasm`. */
export const stableName = (name: string): string => name.replace(HASH, '');
