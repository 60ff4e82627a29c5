import { refuse } from './protocolError.ts';
import type { Shape } from './types.ts';

/** In characters; longer text is cut. */
const LONGEST_TEXT = 8192;
/** In characters. */
const LONGEST_CHUNK = 48 * 2 ** 20;

function textShape(source: 'page' | 'tool', longest: number): Shape<string> {
  return {
    description: { kind: 'text', longest, source },
    hasTimes: false,
    read: (value, field) =>
      typeof value === 'string' ? value.slice(0, longest) : refuse(field, 'must be text'),
    shift: (value) => value,
    empty: () => '',
  };
}

/**
 * Text in the words of the browser, the toolchain or Wasmscope; unreasonably long text is cut.
 */
export const text = textShape('tool', LONGEST_TEXT);
/** Text that the page, its modules or its user chose: redaction removes it. */
export const pageText = textShape('page', LONGEST_TEXT);
/** The same, for notes and names of sessions. */
export const longPageText = textShape('page', 100_000);

/** The JSON of a chunk. */
export const chunkText: Shape<string> = {
  ...textShape('page', LONGEST_CHUNK),
  read: (value, field) =>
    typeof value === 'string' && value.length <= LONGEST_CHUNK
      ? value
      : refuse(field, 'must be text of at most 48 MB'),
};

/** The random id of a realm. */
export const realmId: Shape<string> = {
  description: { kind: 'realm' },
  hasTimes: false,
  read: (value, field) =>
    typeof value === 'string' && /^[\w-]{1,64}$/.test(value)
      ? value
      : refuse(field, 'must be 1 to 64 letters, digits, _ or -'),
  shift: (value) => value,
  empty: () => '',
};

/** JSON of at most 48 MB. @throws ProtocolError */
export function parse(json: string): unknown {
  if (json.length > LONGEST_CHUNK) return refuse('text', 'is longer than 48 MB');
  try {
    return JSON.parse(json);
  } catch {
    return refuse('text', 'is not JSON');
  }
}
