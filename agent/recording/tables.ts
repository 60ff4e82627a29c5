import { SafeSet } from '../page/natives.ts';

/**
 * Rows that change until they are complete; rows changed since the last take go into the next
 * chunk.
 */
export interface Upserts<Row extends { id: number }> {
  /** Null if there are too many; the row is then counted as dropped. */
  add(row: Omit<Row, 'id'>): Row | null;
  changed(row: Row): void;
  take(): Row[] | undefined;
  takeDropped(): number;
}

/** Rows that are reported once. */
export interface Appends<Row> {
  add(row: Row): void;
  take(): Row[] | undefined;
  takeDropped(): number;
}

/** @param perTake how many new rows are kept between two takes */
export function createUpserts<Row extends { id: number }>(perTake: number): Upserts<Row> {
  let next = 0;
  let dropped = 0;
  let changed = new SafeSet<Row>();
  return {
    add(fields) {
      if (changed.size >= perTake) {
        dropped++;
        return null;
      }
      const row = { ...fields, id: next++ } as Row;
      changed.add(row);
      return row;
    },
    changed(row) {
      changed.add(row);
    },
    take() {
      if (changed.size === 0) return undefined;
      const rows: Row[] = [];
      changed.forEach((row) => {
        rows[rows.length] = row;
      });
      changed = new SafeSet();
      return rows;
    },
    takeDropped() {
      const count = dropped;
      dropped = 0;
      return count;
    },
  };
}

export function createAppends<Row>(perTake: number): Appends<Row> {
  let rows: Row[] = [];
  let dropped = 0;
  return {
    add(row) {
      if (rows.length < perTake) rows[rows.length] = row;
      else dropped++;
    },
    take() {
      if (rows.length === 0) return undefined;
      const taken = rows;
      rows = [];
      return taken;
    },
    takeDropped() {
      const count = dropped;
      dropped = 0;
      return count;
    },
  };
}
