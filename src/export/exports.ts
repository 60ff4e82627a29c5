import { csvZip } from './csv.ts';
import { writeFolded } from './folded.ts';
import { writeJson } from './json.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { writeSpeedscope } from './speedscope.ts';

export type { ExportSource } from './source.ts';

/** A file format that a session can be exported to. */
export interface ExportFormat {
  id: 'json' | 'csv' | 'folded-us' | 'folded-calls' | 'speedscope';
  label: string;
  /** What the file's name ends with. */
  extension: string;
  mime: string;
  write(source: ExportSource, onProgress?: OnProgress): ReadableStream<Uint8Array>;
}

export const EXPORTS: readonly ExportFormat[] = [
  {
    id: 'json', label: 'Session (JSON)', extension: '.wasmscope.json', mime: 'application/json',
    write: (source, onProgress) => encoded(writeJson(source, onProgress)),
  },
  {
    id: 'csv', label: 'Tables (CSV, zipped)', extension: '.csv.zip', mime: 'application/zip',
    write: (source, onProgress) => bytes(unwrap(csvZip(source, onProgress))),
  },
  {
    id: 'folded-us', label: 'Folded stacks, self time in µs', extension: '.time.folded', mime: 'text/plain',
    write: (source, onProgress) => encoded(writeFolded(source, 'µs', onProgress)),
  },
  {
    id: 'folded-calls', label: 'Folded stacks, calls', extension: '.calls.folded', mime: 'text/plain',
    write: (source, onProgress) => encoded(writeFolded(source, 'calls', onProgress)),
  },
  {
    id: 'speedscope', label: 'speedscope (JSON)', extension: '.speedscope.json', mime: 'application/json',
    write: (source, onProgress) => encoded(writeSpeedscope(source, onProgress)),
  },
];

async function* unwrap(stream: Promise<ReadableStream<Uint8Array>>): AsyncGenerator<Uint8Array> {
  const reader = (await stream).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

function encoded(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  async function* encode(): AsyncGenerator<Uint8Array> {
    for await (const piece of text) yield encoder.encode(piece);
  }
  return bytes(encode());
}

/** A stream that asks for the next piece only when it is wanted. */
function bytes(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
