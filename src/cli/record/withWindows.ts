import { readChunk } from '../../protocol/chunk.ts';

const WINDOW = {
  what: 'a window that the page opened',
  reason:
    'the command line may attach only after the window’s first script; record its URL separately, or use the extension',
};

/**
 * Adds to a chunk that the page opened windows that are not measured.
 * @throws ProtocolError if the text is no chunk
 */
export function withWindows(chunkText: string, count: number): string {
  const chunk = readChunk(chunkText);
  return JSON.stringify({
    ...chunk,
    unmeasured: [...(chunk.unmeasured ?? []), { ...WINDOW, count }],
  });
}
