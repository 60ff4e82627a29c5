import type { Chunk } from '../../src/protocol/chunk.ts';
import type { CrossingColumns, NodeColumns, NodeId } from '../../src/protocol/rows.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import {
  CERTAIN,
  CERTAIN_TIME,
  CHUNKS,
  CUT_AT,
  FUNCTION,
  NEXT,
  NODE_BYTES,
  NODES,
  PARENT,
  SQUARE,
  TIME,
  TIME2,
  TIMED,
  TOLD_NODES,
  WEIGHT,
  WEIGHT2,
} from '../../src/wasm/counterLayout.ts';
import { now } from '../recording/clock.ts';

// Reads what was counted since the last chunk out of a counter memory: this realm's, or that of a
// worker that cannot report it itself.

/** Columns of a chunk, and the sum of a node that each contains. */
const SUMS = [
  ['certainCalls', CERTAIN],
  ['certainTime', CERTAIN_TIME],
  ['sampledCalls', TIMED],
  ['weight', WEIGHT],
  ['weightSquared', WEIGHT2],
  ['weightedTime', TIME],
  ['weightSquaredTime', TIME2],
  ['weightedTimeSquared', SQUARE],
] as const;

export const nodeOf = (address: number): NodeId => (address - NODES) / NODE_BYTES;

/** Returns the nodes that no chunk has reported yet. */
export function takeNodes({ buffer }: WebAssembly.Memory): NodeColumns | undefined {
  const ints = new Int32Array(buffer);
  const first = ints[TOLD_NODES >> 2] as number;
  const end = nodeOf(ints[NEXT >> 2] as number);
  if (end === first) return undefined;
  const columns: NodeColumns = { first, parent: [], function: [] };
  for (let node = first; node < end; node++) {
    const at = (NODES + node * NODE_BYTES) >> 2;
    columns.parent.push(nodeOf(ints[at + (PARENT >> 2)] as number));
    columns.function.push((ints[at + (FUNCTION >> 2)] as number) >> 1);
  }
  ints[TOLD_NODES >> 2] = end;
  return columns;
}

/** Returns what the nodes have counted, and resets the counts to 0. */
export function takeCrossings(
  { buffer }: WebAssembly.Memory,
  from: number,
  to: number,
): CrossingColumns[] | undefined {
  const uints = new Uint32Array(buffer);
  const floats = new Float64Array(buffer);
  const columns = { from, to, node: [], calls: [] } as unknown as CrossingColumns;
  for (const [name] of SUMS) columns[name] = [];
  const end = nodeOf(uints[NEXT >> 2] as number);
  for (let node = 1; node < end; node++) {
    const at = NODES + node * NODE_BYTES;
    const low = uints[at >> 2] as number;
    const high = uints[(at >> 2) + 1] as number;
    if (low === 0 && high === 0) continue;
    uints[at >> 2] = 0;
    uints[(at >> 2) + 1] = 0;
    columns.node.push(node);
    columns.calls.push(low + high * 2 ** 32);
    for (const [name, field] of SUMS) {
      columns[name].push(floats[(at + field) >> 3] as number);
      floats[(at + field) >> 3] = 0;
    }
  }
  return columns.node.length > 0 ? [columns] : undefined;
}

/** Records how many chunks have been cut, and when the last one was. */
export function noteCut({ buffer }: WebAssembly.Memory, chunks: number, at: number): void {
  new Int32Array(buffer)[CHUNKS >> 2] = chunks;
  new Float64Array(buffer)[CUT_AT >> 3] = at;
}

/** What the agent in a worker shares with the agent that started it. */
export interface Thread {
  /** Its counter memory. */
  memory: WebAssembly.Memory;
  realm: string;
  timeOrigin: number;
}

/**
 * Returns the chunk that a worker would cut next, with its calls only. Null before its first chunk,
 * which is the one that describes the realm.
 */
export function restOf({ memory, realm, timeOrigin }: Thread): Chunk | null {
  const seq = new Int32Array(memory.buffer)[CHUNKS >> 2] as number;
  const from = new Float64Array(memory.buffer)[CUT_AT >> 3] as number;
  const to = now() + performance.timeOrigin - timeOrigin;
  return seq === 0
    ? null
    : ({
        protocol: PROTOCOL_VERSION,
        realm,
        seq,
        from,
        to,
        nodes: takeNodes(memory),
        crossings: takeCrossings(memory, from, to),
      } as Chunk);
}
