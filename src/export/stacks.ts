import type { TreeFigures } from '../analysis/treeFigures.ts';
import { walkTree } from '../analysis/walkTree.ts';
import type { RealmIndex, Session } from '../session/model.ts';

export type StackWeight = 'µs' | 'calls';

/** A path through the crossing tree with its own weight: self time in µs, or calls. */
export interface Stack {
  /** Function indices, outermost first. */
  functions: readonly number[];
  weight: number;
}

/**
 * The stacks with a weight above 0, depth first. They are generated one at a time, because all
 * stacks of a deep tree together are many times its size.
 */
export function* stacks(
  session: Session,
  figures: TreeFigures,
  weight: StackWeight,
  realm?: RealmIndex,
): Generator<Stack> {
  const { nodes } = session;
  const order = new Int32Array(nodes.length);
  const depth = new Int32Array(nodes.length);
  let [walked, level] = [0, 0];
  walkTree(
    nodes,
    (node) => {
      depth[node] = level++;
      order[walked++] = node;
    },
    () => void level--,
  );
  const path: number[] = [];
  for (const node of order) {
    const parent = nodes.parent[node] ?? -1;
    if (parent < 0 || (realm !== undefined && nodes.realm[node] !== realm)) continue;
    // The child of a root is the outermost frame.
    path.length = Math.min(path.length, (depth[node] ?? 1) - 1);
    path.push(nodes.function[node] ?? -1);
    const own = weight === 'µs' ? (figures.self[node] ?? 0) * 1000 : (figures.calls[node] ?? 0);
    if (own > 0) yield { functions: [...path], weight: own };
  }
}

/**
 * A frame's name: `export:step (rapier.wasm)`, or with `import:` or `table:` for other crossings.
 */
export function frameName(session: Session, fn: number): string {
  const row = session.functions[fn];
  if (!row) return 'unknown function';
  return `${row.kind}:${row.name} (${session.modules[row.module]?.name ?? 'unknown module'})`;
}
