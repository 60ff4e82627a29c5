import { treeFigures } from '../analysis/tree.ts';
import type { NodeIndex, Session } from '../session/model.ts';

export type StackWeight = 'µs' | 'calls';

/** A path through the crossing tree and what it weighs by itself: self time in µs, or calls. */
export interface Stack {
  realm: number;
  /** Function indices, outermost first. */
  functions: number[];
  weight: number;
}

export function stacks(session: Session, weight: StackWeight): Stack[] {
  const { nodes } = session;
  const figures = treeFigures(session);
  const result: Stack[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if ((nodes.parent[node] as number) < 0) continue;
    const own = weight === 'µs' ? (figures.self[node] as number) * 1000 : (figures.calls[node] as number);
    if (own > 0) result.push({ realm: nodes.realm[node] as number, functions: pathFrom(session, node), weight: own });
  }
  return result;
}

function pathFrom({ nodes }: Session, node: NodeIndex): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = nodes.parent[at] as number) {
    const fn = nodes.function[at] as number;
    if (fn >= 0) path.push(fn);
  }
  return path.reverse();
}

/** A frame's name: `step (rapier.wasm)`, imports with the arrow of their direction. */
export function frameName(session: Session, fn: number): string {
  const row = session.functions[fn];
  if (!row) return 'unknown';
  const module = session.modules[row.module]?.name ?? 'module';
  return `${row.kind === 'import' ? '→JS ' : ''}${row.name} (${module})`;
}
