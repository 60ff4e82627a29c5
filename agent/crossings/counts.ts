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

// What was counted since the last chunk, read out of a counter memory: this realm's, or that of a thread which cannot
// tell it itself.

/** Columns of a chunk and the sums of a node that they hold. */
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

/** The nodes that no chunk has told of. */
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

/** What the nodes have counted; from then on they count from 0. */
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

/** Writes down that so many chunks are cut, the last one at this time. */
export function noteCut({ buffer }: WebAssembly.Memory, chunks: number, at: number): void {
  new Int32Array(buffer)[CHUNKS >> 2] = chunks;
  new Float64Array(buffer)[CUT_AT >> 3] = at;
}

/** What an agent shows of itself to the one that sent it into a thread. */
export interface Thread {
  /** Its counter memory. */
  memory: WebAssembly.Memory;
  realm: string;
  timeOrigin: number;
}

/** The chunk that a thread would cut next, with its calls alone; null before its first, which says what it is. */
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
