import type { Session } from '../../../src/session/model.ts';
import type { FlameTree } from './flameLayout.ts';

export interface Found {
  /** 1 for each function that the search finds; index = FunctionIndex. */
  functions: Uint8Array;
  /** How many functions. */
  count: number;
}

/** Functions whose name, with their module's, contains the text; null without a text. */
export function searchFunctions(session: Session, text: string): Found | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const functions = Uint8Array.from(session.functions, ({ name, module }) =>
    `${session.modules[module]?.name ?? ''} ${name}`.toLowerCase().includes(wanted) ? 1 : 0,
  );
  return { functions, count: functions.reduce((sum, one) => sum + one, 0) };
}

/**
 * The part of all weight that is in the found functions and beneath them, each counted once; 0 to
 * 1.
 */
export function foundShare(
  tree: FlameTree,
  functionOf: ArrayLike<number>,
  { functions }: Found,
): number {
  if (tree.total === 0) return 0;
  const isFound = new Uint8Array(tree.weight.length);
  let sum = 0;
  // A child always follows its parent.
  for (let node = 0; node < isFound.length; node++) {
    const parent = tree.parent[node] ?? -1;
    const above = parent >= 0 && isFound[parent] === 1;
    const own = functions[functionOf[node] ?? -1] === 1;
    if (own && !above) sum += tree.weight[node] ?? 0;
    isFound[node] = above || own ? 1 : 0;
  }
  return Math.min(sum / tree.total, 1);
}
