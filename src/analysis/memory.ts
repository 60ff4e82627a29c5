import type { Growth, Memory, NodeIndex, Session, TimeRange } from '../session/model.ts';

export interface GrowthStep {
  growth: Growth;
  memory: Memory;
  /** Names of the crossings under way, outermost first; empty: by script outside any crossing. */
  path: string[];
}

/** Names of a node's boundary functions from the top level down to it. */
export function pathOf(session: Session, node: NodeIndex): string[] {
  const path: string[] = [];
  for (let at = node; at >= 0; at = session.nodes.parent[at] as number) {
    const fn = session.functions[session.nodes.function[at] as number];
    if (fn) path.unshift(fn.name);
  }
  return path;
}

/** Growth steps within a range, in order of time. */
export function growthSteps(session: Session, range?: TimeRange | null): GrowthStep[] {
  return session.growths
    .filter(({ at }) => !range || (at >= range.from && at <= range.to))
    .map((growth) => ({
      growth,
      memory: session.memories[growth.memory] as Memory,
      path: growth.node === null ? [] : pathOf(session, growth.node),
    }))
    .sort((a, b) => a.growth.at - b.growth.at);
}

export interface MemoryFigures {
  memory: Memory;
  /** Pages at the end of the recording. */
  pages: number;
  growths: number;
}

export function memoryFigures(session: Session): MemoryFigures[] {
  const figures = session.memories.map((memory) => ({ memory, pages: memory.initialPages, growths: 0 }));
  for (const { memory, toPages } of session.growths) {
    const row = figures[memory];
    if (!row) continue;
    row.pages = toPages;
    row.growths++;
  }
  return figures;
}
