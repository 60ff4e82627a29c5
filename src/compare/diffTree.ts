import { treeFigures } from '../analysis/treeFigures.ts';
import { moduleName } from '../metrics/modulesByName.ts';
import type { NodeTable, Session } from '../session/model.ts';

/** A place in the crossing trees of both sides: the same functions on the way to it. */
export interface DiffNode {
  /** Unlike that of any sibling. */
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

/** A node while its children are being found. */
interface Growing extends DiffNode {
  byKey: Map<string, Growing>;
}

/**
 * The crossing trees of all runs of both sides laid over each other, realms of one kind and name
 * together; the root is above them all.
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
  // A child always stands behind its parent.
  for (let node = 0; node < nodes.length; node++) {
    const above = places[nodes.parent[node] as number] ?? root;
    const { key, label, kind } = describe(session, nodes, node);
    let place = above.byKey.get(key);
    if (!place) {
      place = growing(key, label, kind);
      above.byKey.set(key, place);
      above.children.push(place);
    }
    place[side] += (total[node] as number) * weight;
    places.push(place);
  }
}

function describe(
  session: Session,
  nodes: NodeTable,
  node: number,
): Pick<DiffNode, 'key' | 'label' | 'kind'> {
  const fn = session.functions[nodes.function[node] as number];
  if (!fn) {
    const realm = session.realms[nodes.realm[node] as number];
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

/** Without recursion of its own, as trees can be as deep as they have nodes. */
function sorted(root: Growing): DiffNode {
  const waiting: Growing[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    waiting.push(...node.byKey.values());
    node.byKey.clear();
    node.children.sort((a, b) => b.baseline + b.candidate - a.baseline - a.candidate);
  }
  return root;
}
