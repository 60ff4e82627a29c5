import type { NodeIndex, Session } from '../session/model.ts';

/** Names of the boundary functions on the way to a node, outermost first. */
export function crossingPath({ nodes, functions }: Session, node: NodeIndex): string[] {
  const path: string[] = [];
  for (let current = node; current >= 0; current = nodes.parent[current] ?? -1) {
    const fn = functions[nodes.function[current] ?? -1];
    if (fn) path.push(fn.name);
  }
  return path.reverse();
}
