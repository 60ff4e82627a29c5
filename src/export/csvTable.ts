import type { Session } from '../session/model.ts';
import type { Cell } from './csv.ts';
import type { ExportSource, Pass } from './source.ts';

/** The data that tables are made from. */
export interface Tables {
  session: Session;
  source: ExportSource;
  /** One of the passes over the segments, by number. */
  pass(number: number): Pass;
}

export interface Table {
  name: string;
  header: readonly string[];
  rows(tables: Tables): Iterable<Cell[]> | AsyncIterable<Cell[]>;
}

type Columns<Row> = Record<string, (row: Row, index: number, session: Session) => Cell>;

/** A table whose rows are in the session. */
export function table<Row>(
  name: string,
  rows: (session: Session) => Iterable<Row>,
  columns: Columns<Row>,
): Table {
  const cells = Object.values(columns);
  return {
    name,
    header: Object.keys(columns),
    *rows({ session }) {
      let index = 0;
      for (const row of rows(session)) {
        yield cells.map((cell) => cell(row, index, session));
        index++;
      }
    },
  };
}

/** A table whose rows are read from the segments while it is written. */
export function streamed<Row>(
  name: string,
  columns: readonly string[],
  read: (tables: Tables) => AsyncIterable<Row>,
  cells: (row: Row, session: Session) => Iterable<Cell[]>,
): Table {
  return {
    name,
    header: columns,
    async *rows(tables) {
      for await (const row of read(tables)) yield* cells(row, tables.session);
    },
  };
}
