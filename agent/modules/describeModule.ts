import type { ModuleRow } from '../../src/protocol/rows.ts';
import { featuresOf } from '../../src/wasm/features.ts';
import type { Head } from '../../src/wasm/head.ts';
import { readOutline } from '../../src/wasm/outline.ts';

/** Kinds of imports and exports, indexed by their number in the binary format. */
export const KINDS = ['function', 'table', 'memory', 'global', 'tag'] as const;

/** Counts the imports or exports of each kind, as the binary or the JS API describes them. */
export function countKinds(
  described: readonly { kind: number | string }[],
): NonNullable<ModuleRow['imports']> {
  const counts = { function: 0, table: 0, memory: 0, global: 0, tag: 0 };
  for (const { kind } of described) {
    const name = KINDS[kind as number] ?? kind;
    if (name in counts) counts[name as keyof typeof counts]++;
  }
  return counts;
}

/** Fills in what a module's head says about it. */
export function describeHead(row: ModuleRow, head: Head): void {
  row.imports = countKinds(head.imports);
  row.exports = countKinds(head.exports);
  row.features = featuresOf(head, null);
}

/** Fills in what only the complete bytes of a module show. */
export function describeBytes(row: ModuleRow, bytes: Uint8Array, head: Head): void {
  describeHead(row, head);
  row.bytes = bytes.length;
  const outline = readOutline(bytes, head);
  row.sections = outline.sections;
  row.producers = outline.producers;
  row.bodies = outline.bodies;
  row.bodyCount = outline.bodyCount;
  row.bodyBytes = outline.bodyBytes;
  row.features = featuresOf(head, outline);
  row.bytesRead = 'all';
  if (row.url === null && outline.name !== '') row.name = outline.name;
}
