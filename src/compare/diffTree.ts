import { treeFigures } from '../analysis/treeFigures.ts';
import { moduleName } from '../metrics/modulesByName.ts';
import type { NodeTable, Session } from '../session/model.ts';

/** A path of functions in the crossing trees of both sides. */
export interface DiffNode {
  /** Unique among siblings. */
  key: string;
  /** The function, or for a root the realm's kind. */
  label: string;
  kind: 'root' | 'in' | 'out';
  /** Total time, ms, mean of the side's runs. */
  baseline: number;
  candidate: number;
  /** Most time first. */
  children: DiffNode[];
}

/** A node while children are being added. */
interface Growing extends DiffNode {
  byKey: Map<string, Growing>;
}

/**
 * Merges the crossing trees of all runs of both sides under one root. Realms with the same kind and
 * name are merged.
 */
export function diffTree(baseline: readonly Session[], candidate: readonly Session[]): DiffNode {
  const root = growing('', 'All crossings', 'root');
  for (const [side, sessions] of [
    ['baseline', baseline],
    ['candidate', candidate],
  ] as const) {
    for (const session of sessions) add(root, session, side, 1 / sessions.length);
  }
  root.baseline = root.children.reduce((sum, child) => sum + child.baseline, 0);
  root.candidate = root.children.reduce((sum, child) => sum + child.candidate, 0);
  return sorted(root);
}

const growing = (key: string, label: string, kind: DiffNode['kind']): Growing => ({
  key,
  label,
  kind,
  baseline: 0,
  candidate: 0,
  children: [],
  byKey: new Map(),
});

function add(
  root: Growing,
  session: Session,
  side: 'baseline' | 'candidate',
  weight: number,
): void {
  const { nodes } = session;
  const { total } = treeFigures(session);
  const places: Growing[] = [];
  // Parents always precede their children.
  for (let node = 0; node < nodes.length; node++) {
    const above = places[nodes.parent[node] ?? -1] ?? root;
    const { key, label, kind } = describe(session, nodes, node);
    let place = above.byKey.get(key);
    if (!place) {
      place = growing(key, label, kind);
      above.byKey.set(key, place);
      above.children.push(place);
    }
    place[side] += (total[node] ?? 0) * weight;
    places.push(place);
  }
}

function describe(
  session: Session,
  nodes: NodeTable,
  node: number,
): Pick<DiffNode, 'key' | 'label' | 'kind'> {
  const fn = session.functions[nodes.function[node] ?? -1];
  if (!fn) {
    const realm = session.realms[nodes.realm[node] ?? -1];
    const label = [realm?.kind ?? 'page', realm?.name].filter(Boolean).join(' ');
    return { key: label, label, kind: 'root' };
  }
  const module = session.modules[fn.module];
  return {
    key: `${fn.kind} ${module ? moduleName(module) : ''} ${fn.name}`,
    label: fn.name,
    kind: fn.kind === 'import' ? 'out' : 'in',
  };
}

/** Not recursive, because a tree can be as deep as it has nodes. */
function sorted(root: Growing): DiffNode {
  const waiting: Growing[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    waiting.push(...node.byKey.values());
    node.byKey.clear();
    node.children.sort((a, b) => b.baseline + b.candidate - a.baseline - a.candidate);
  }
  return root;
}
