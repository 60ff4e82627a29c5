import { csvZip } from './csvZip.ts';
import { writeFolded } from './folded.ts';
import { writeJson, writeRedactedJson } from './json.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { writeSpeedscope } from './speedscope.ts';

export type { ExportSource } from './source.ts';

/** A file format that a session can be exported to. */
export interface ExportFormat {
  id: 'json' | 'json-redacted' | 'csv' | 'folded-us' | 'folded-calls' | 'speedscope';
  label: string;
  /** End of the file's name. */
  extension: string;
  mime: string;
  write(source: ExportSource, onProgress?: OnProgress): ReadableStream<Uint8Array>;
}

export const EXPORTS: readonly ExportFormat[] = [
  {
    id: 'json',
    label: 'Session (JSON)',
    extension: '.wasmscope.json',
    mime: 'application/json',
    write: (source, onProgress) => encoded(writeJson(source, onProgress)),
  },
  {
    id: 'json-redacted',
    label: 'Session without URLs and names (JSON)',
    extension: '.redacted.wasmscope.json',
    mime: 'application/json',
    write: (source, onProgress) => encoded(writeRedactedJson(source, onProgress)),
  },
  {
    id: 'csv',
    label: 'Tables (CSV, zipped)',
    extension: '.csv.zip',
    mime: 'application/zip',
    write: csvZip,
  },
  {
    id: 'folded-us',
    label: 'Folded stacks, self time in µs',
    extension: '.time.folded',
    mime: 'text/plain',
    write: (source, onProgress) => encoded(writeFolded(source, 'µs', onProgress)),
  },
  {
    id: 'folded-calls',
    label: 'Folded stacks, calls',
    extension: '.calls.folded',
    mime: 'text/plain',
    write: (source, onProgress) => encoded(writeFolded(source, 'calls', onProgress)),
  },
  {
    id: 'speedscope',
    label: 'speedscope (JSON)',
    extension: '.speedscope.json',
    mime: 'application/json',
    write: (source, onProgress) => encoded(writeSpeedscope(source, onProgress)),
  },
];

/** Written at once, in characters: a file is slow to write in small pieces. */
const PIECE = 65536;

/** A stream of bytes that asks for the next piece only when it is wanted. */
function encoded(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = '';
      while (text.length < PIECE) {
        const { done, value } = await pieces.next();
        if (!done) {
          text += value;
          continue;
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
        return controller.close();
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
