import type { CrossingRow } from '../analysis/crossingTable.ts';
import { crossingTable } from '../analysis/crossingTable.ts';
import type { TreeFigures } from '../analysis/treeFigures.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import type { BoundaryFunction, NodeTable, Session } from '../session/model.ts';
import { sevenDigits } from './sevenDigits.ts';

/** The columns of the crossing tree. */
export interface SmallNodes {
  parent: number[];
  function: number[];
  realm: number[];
}

/** The figures of the whole session, because they cannot be computed from some of its nodes. */
export interface SmallFigures {
  tree: { [Column in keyof TreeFigures]: number[] };
  crossings: CrossingRow[];
  /** How many nodes were left out. */
  left: number;
}

export interface KeptNodes {
  nodes: SmallNodes;
  /** The new number of a node; for one left out, the number of its realm's replacement. */
  numberOf(node: number): number;
  isKept(node: number): boolean;
  /** Null if all nodes were kept. */
  figures: SmallFigures | null;
}

/** Replaces all paths of a realm that are left out, with their calls: counts stay exact. */
export const LEFT_OUT: BoundaryFunction = {
  realm: 0,
  module: -1,
  kind: 'table',
  name: '(paths left out)',
  index: null,
  signature: null,
  notMeasuredReason: null,
};

/** Keeps about as many nodes as asked: those that took longest, with the paths to them. */
export function keepNodes(session: Session, most: number): KeptNodes {
  const { length, parent, function: fn, realm } = session.nodes;
  if (length <= most) {
    return {
      nodes: { parent: [...parent], function: [...fn], realm: [...realm] },
      numberOf: (node) => node,
      isKept: () => true,
      figures: null,
    };
  }
  const tree = treeFigures(session);
  const nodes = longestPaths(session.nodes, tree.total, most);
  const numbers = new Int32Array(length).fill(-1);
  nodes.forEach((node, number) => {
    numbers[node] = number;
  });
  const roots = nodes.filter((node) => (parent[node] ?? -1) < 0);
  const isKept = (node: number): boolean => numbers[node] !== -1;
  const callsLeftOut = (root: number): number =>
    tree.calls.reduce(
      (sum, calls, node) => (isKept(node) || realm[node] !== realm[root] ? sum : sum + calls),
      0,
    );
  /** A column of the nodes that are kept, followed by the replacements, one a realm. */
  const column = (
    values: Int32Array | Float64Array,
    replacement: (root: number) => number,
  ): number[] => [
    ...nodes.map((node) => sevenDigits(values[node] ?? 0)),
    ...roots.map(replacement),
  ];
  const zero = (): number => 0;
  return {
    nodes: {
      parent: column(
        parent.map((above) => numbers[above] ?? -1),
        (root) => numbers[root] ?? -1,
      ),
      function: column(fn, () => session.functions.length),
      realm: column(realm, (root) => realm[root] ?? 0),
    },
    numberOf: (node) =>
      isKept(node)
        ? (numbers[node] ?? -1)
        : nodes.length + roots.findIndex((root) => realm[root] === realm[node]),
    isKept,
    figures: {
      tree: {
        calls: column(tree.calls, callsLeftOut),
        total: column(tree.total, zero),
        totalVariance: column(tree.totalVariance, zero),
        self: column(tree.self, zero),
        selfVariance: column(tree.selfVariance, zero),
      },
      crossings: crossingTable(session, null, tree),
      left: length - nodes.length,
    },
  };
}

/**
 * The nodes with the most total time and all nodes above them, in the order of the table. Roots
 * and their children are always kept, because the time in wasm is theirs.
 */
function longestPaths({ parent }: NodeTable, total: Float64Array, most: number): number[] {
  const parentOf = (node: number): number => parent[node] ?? -1;
  const kept = new Set<number>();
  for (const node of parent.keys()) {
    if (parentOf(node) < 0 || parentOf(parentOf(node)) < 0) kept.add(node);
  }
  const byTime = [...total.keys()].sort((a, b) => (total[b] ?? 0) - (total[a] ?? 0));
  for (const longest of byTime.slice(0, most)) {
    for (let node = longest; node >= 0 && !kept.has(node); node = parentOf(node)) kept.add(node);
  }
  return [...kept].sort((a, b) => a - b);
}
