import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeIndex } from '../../../src/session/model.ts';
import { formatCount, formatEstimate, formatShare } from '../../../src/text/format.ts';
import type { Fact } from '../../components/Facts.tsx';
import type { FlameTree } from './flameLayout.ts';

/** A node's figures with their 95 % intervals. A realm's root has no calls and no self time. */
export function nodeFacts(tree: FlameTree, figures: TreeFigures, node: NodeIndex): Fact[] {
  const calls = figures.calls[node] ?? 0;
  const parent = tree.parent[node] ?? -1;
  const isCall = parent >= 0;
  const hasCaller = isCall && (tree.parent[parent] ?? -1) >= 0;
  const callerWeight = hasCaller ? (tree.weight[parent] ?? 0) : 0;
  const weight = tree.weight[node] ?? 0;
  const estimate = (values: Float64Array, variances: Float64Array, divisor = 1): string =>
    formatEstimate({
      value: (values[node] ?? 0) / divisor,
      error: Math.sqrt(variances[node] ?? 0) / divisor,
    });
  const facts: Fact[] = [];
  if (isCall) facts.push(['calls', formatCount(calls)]);
  facts.push(['total', estimate(figures.total, figures.totalVariance)]);
  if (isCall) facts.push(['self', estimate(figures.self, figures.selfVariance)]);
  if (isCall && calls > 0)
    facts.push(['per call', estimate(figures.total, figures.totalVariance, calls)]);
  facts.push(['share of all', formatShare(tree.total > 0 ? weight / tree.total : 0)]);
  if (callerWeight > 0) facts.push(['share of caller', formatShare(weight / callerWeight)]);
  return facts;
}
