import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeIndex, Session } from '../../../src/session/model.ts';
import { formatCount, formatEstimate, formatShare } from '../../../src/text/format.ts';
import { shownName } from '../../state/shownName.ts';
import type { FlameKind } from './drawFlame.ts';
import type { FlameTree } from './flameLayout.ts';

/** What a node is called: its function, or for a root its realm. */
export function labelOf(session: Session, node: NodeIndex): string {
  const fn = session.nodes.function[node] as number;
  if (session.functions[fn]) return shownName(session, fn);
  const realm = session.realms[session.nodes.realm[node] as number];
  return realm?.name || realm?.url || 'page';
}

export function kindOf(session: Session, node: NodeIndex): FlameKind {
  const fn = session.functions[session.nodes.function[node] as number];
  if (!fn) return 'root';
  return fn.kind === 'import' ? 'out' : 'in';
}

/** Where a node belongs: direction and module. */
export function placeOfNode(session: Session, node: NodeIndex): string {
  const fn = session.functions[session.nodes.function[node] as number];
  if (!fn) return 'all crossings of this realm';
  return `${fn.kind === 'import' ? 'wasm → JS' : 'JS → wasm'}, ${session.modules[fn.module]?.name ?? 'module'}`;
}

/** A node's figures with their 95 % intervals, name and value. */
export function nodeFacts(
  tree: FlameTree,
  figures: TreeFigures,
  node: NodeIndex,
): [string, string][] {
  const calls = figures.calls[node] as number;
  const weight = tree.weight[node] as number;
  const parent = tree.parent[node] as number;
  const estimate = (value: Float64Array, variance: Float64Array, per = 1): string =>
    formatEstimate({
      value: (value[node] as number) / per,
      error: Math.sqrt(variance[node] as number) / per,
    });
  return [
    ...(parent >= 0 ? [['calls', formatCount(calls)] as [string, string]] : []),
    ['total', estimate(figures.total, figures.totalVariance)],
    ...(parent >= 0
      ? [['self', estimate(figures.self, figures.selfVariance)] as [string, string]]
      : []),
    ...(calls > 0 && parent >= 0
      ? [['a call', estimate(figures.total, figures.totalVariance, calls)] as [string, string]]
      : []),
    ['of all', formatShare(tree.total > 0 ? weight / tree.total : 0)],
    ...(parent >= 0 && (tree.parent[parent] as number) >= 0
      ? [
          ['of its caller', formatShare(weight / (tree.weight[parent] as number))] as [
            string,
            string,
          ],
        ]
      : []),
  ];
}
