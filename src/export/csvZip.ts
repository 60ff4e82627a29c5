import { makeZip } from 'client-zip';
import { csvLine } from './csv.ts';
import type { Table, Tables } from './csvTable.ts';
import { PASSES, TABLES } from './csvTables.ts';
import type { ExportSource, OnProgress, Pass } from './source.ts';
import { foldTotals } from './source.ts';

/**
 * Tables that are held while the zip is written; the others are streamed, or are the crossings'
 * sums.
 */
const SUMMED = ['memories', 'growths', 'requests', 'copies'] as const;

/** Written at once, in characters. */
const PIECE = 65536;

async function* write(table: Table, tables: Tables): AsyncGenerator<string> {
  let text = csvLine(table.header);
  for await (const cells of table.rows(tables)) {
    text += csvLine(cells);
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  yield text;
}

/**
 * One CSV a table (RFC 4180, UTF-8, a header with units), zipped together. The tables that grow
 * with the recording's length are read from the source as they are written.
 */
export function csvZip(source: ExportSource, onProgress?: OnProgress): ReadableStream<Uint8Array> {
  const pass = (number: number): Pass => ({ pass: number, passes: PASSES, onProgress });
  let open: AsyncGenerator<string> | undefined;
  async function* files(): AsyncGenerator<{
    name: string;
    lastModified: Date;
    input: AsyncIterable<string>;
  }> {
    const session = await foldTotals(source, pass(0), SUMMED);
    for (const table of TABLES) {
      open = write(table, { session, source, pass });
      yield { name: `${table.name}.csv`, lastModified: new Date(source.info.started), input: open };
    }
  }
  const reader = makeZip(files()).getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    // client-zip answers a cancellation by failing with its reason, and leaves the file it is in
    // open.
    async cancel(reason) {
      await reader.cancel(reason).catch((error: unknown) => {
        if (error !== reason) throw error;
      });
      await open?.return(undefined);
    },
  });
}
