import { makeZip } from 'client-zip';
import { csvLine } from './csv.ts';
import type { Table, Tables } from './csvTable.ts';
import { PASSES, TABLES } from './csvTables.ts';
import type { ExportSource, OnProgress, Pass } from './source.ts';
import { foldTotals } from './source.ts';

/** Tables that are kept in memory while the zip is written. Others are streamed or totals. */
const SUMMED = ['memories', 'growths', 'requests', 'copies'] as const;

/** Characters per write. */
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
 * A zip with one CSV per table (RFC 4180, UTF-8, a header with units). Tables that grow with the
 * length of the recording are read from the source while they are written.
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
    // On cancellation client-zip rejects with the given reason, and leaves the current file open.
    async cancel(reason) {
      await reader.cancel(reason).catch((error: unknown) => {
        if (error !== reason) throw error;
      });
      await open?.return(undefined);
    },
  });
}
