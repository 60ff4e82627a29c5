import type { NodeTable } from './model.ts';

/** The node table in columns that grow by doubling. */
export interface GrowingNodes {
  /** @returns the node's index */
  add(parent: number, fn: number, realm: number): number;
  table(): NodeTable;
}

export function createNodes(): GrowingNodes {
  let length = 0;
  let parents = new Int32Array(1024);
  let functions = new Int32Array(1024);
  let realms = new Int32Array(1024);

  return {
    add(parent, fn, realm) {
      if (length === parents.length) {
        parents = doubled(parents);
        functions = doubled(functions);
        realms = doubled(realms);
      }
      parents[length] = parent;
      functions[length] = fn;
      realms[length] = realm;
      length++;
      return length - 1;
    },
    table: () => ({
      length,
      parent: parents.subarray(0, length),
      function: functions.subarray(0, length),
      realm: realms.subarray(0, length),
    }),
  };
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
}
