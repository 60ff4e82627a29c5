import type { Chunk } from '../../protocol/chunk.ts';
import { readChunk } from '../../protocol/guard.ts';

const WINDOW = {
  what: 'a window that the page opened',
  reason:
    'the command line cannot be sure to be there before the window’s first script; record its URL by itself, or use the extension',
};

/**
 * A chunk that says, beside its own, that the page opened so many windows, which are not measured.
 * @throws ProtocolError for what is no chunk
 */
export function withWindows(text: string, count: number): string {
  const chunk: Chunk = readChunk(text);
  return JSON.stringify({
    ...chunk,
    unmeasured: [...(chunk.unmeasured ?? []), { ...WINDOW, count }],
  });
}
