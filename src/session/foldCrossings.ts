import type { NodeColumns } from '../protocol/rows.ts';
import * as rows from '../protocol/rows.ts';
import type {
  BoundaryFunction,
  CopyInterval,
  CrossingInterval,
  ModuleIndex,
  NodeIndex,
  NodeTable,
  RealmIndex,
} from './model.ts';
import { createNodes } from './nodeTable.ts';
import type { Segment } from './segment.ts';

/** The crossing tree of one realm: where its functions and nodes are in the session's tables. */
export interface RealmTree {
  readonly realm: RealmIndex;
  /** The node "no crossing is in progress". */
  readonly root: NodeIndex;
  readonly functions: number[];
  readonly nodes: NodeIndex[];
}

/** The crossing trees of all realms, with their functions and intervals. */
export interface CrossingFold {
  realm(realm: RealmIndex): RealmTree;
  /**
   * @param offset the realm's time origin, ms after the session's
   * @param modules where the realm's modules are
   */
  add(
    tree: RealmTree,
    segment: Segment,
    offset: number,
    modules: ReadonlyMap<number, ModuleIndex>,
  ): void;
  functions(): BoundaryFunction[];
  nodes(): NodeTable;
  intervals(): CrossingInterval[];
  copies(): CopyInterval[];
}

/** @param sink takes intervals instead of this fold */
export function createCrossingFold(sink?: (interval: CrossingInterval) => void): CrossingFold {
  const functions: BoundaryFunction[] = [];
  const nodes = createNodes();
  const intervals: CrossingInterval[] = [];
  const copies: CopyInterval[] = [];
  const takeInterval = sink ?? ((interval: CrossingInterval) => void intervals.push(interval));

  function addNodes(tree: RealmTree, added: NodeColumns): void {
    added.parent.forEach((parent, index) => {
      const fn = tree.functions[added.function[index] ?? -1] ?? -1;
      const node = nodes.add(tree.nodes[parent] ?? tree.root, fn, tree.realm);
      tree.nodes[added.first + index] = node;
    });
  }

  const indices = ({ nodes: places, root }: RealmTree, ids: readonly number[]): Int32Array =>
    Int32Array.from(ids, (id) => places[id] ?? root);

  return {
    realm(realm) {
      const root = nodes.add(-1, -1, realm);
      return { realm, root, functions: [], nodes: [root] };
    },
    add(tree, segment, offset, modules) {
      const { realm } = tree;
      for (const { id, ...row } of segment.functions ?? []) {
        tree.functions[id] = functions.length;
        functions.push({ ...row, realm, module: modules.get(row.module) ?? -1 });
      }
      if (segment.nodes) addNodes(tree, segment.nodes);
      for (const columns of segment.copies ?? []) {
        const { node, bytes, ...step } = rows.copyColumns.shift(columns, offset);
        copies.push({ ...step, realm, node: indices(tree, node), bytes: Float64Array.from(bytes) });
      }
      for (const columns of segment.crossings ?? []) {
        const { node, from, to, ...sums } = rows.crossingColumns.shift(columns, offset);
        takeInterval({
          realm,
          from,
          to,
          node: indices(tree, node),
          ...rows.callSums((name) => Float64Array.from(sums[name])),
        });
      }
    },
    functions: () => [...functions],
    nodes: nodes.table,
    intervals: () => intervals.toSorted((a, b) => a.from - b.from),
    copies: () => [...copies],
  };
}
