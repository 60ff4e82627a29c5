import type { Head } from '../../src/wasm/head.ts';
import { FUNCTION, MEMORY } from '../../src/wasm/head.ts';
import { functionPlaces, holdsReference } from '../../src/wasm/signature.ts';
import type { Forward, MemoryCheck } from '../../src/wasm/trampolines.ts';
import { exportTwin, importTrampolines, SAME } from '../../src/wasm/trampolines.ts';

// Which trampolines stand at a module's boundary: planned from what an instance is given and has, or, before there is
// one, from what can be foreseen.

export interface Plan {
  forwards: Forward[];
  /** For each forward its position among the imports or exports, and its function index. */
  at: number[];
  index: number[];
  checks: MemoryCheck[];
  /** For each check the memory's position among the imports or exports. */
  memoryAt: number[];
  /** The module of these trampolines. */
  write(): Uint8Array<ArrayBuffer>;
}

/** What a position's function or memory is; null: nothing to stand in front of, or to check. */
interface Given {
  target(at: number): Forward['target'] | null;
  /** Under which slot a function index is counted. */
  slot(index: number, at: number): number | null;
  /** The id of a memory. */
  memory(at: number): number | null;
}

const emptyPlan = (): Plan => ({
  forwards: [],
  at: [],
  index: [],
  checks: [],
  memoryAt: [],
  write: () => new Uint8Array(0),
});

function addMemory(plan: Plan, id: number | null, raw: Uint8Array, at: number): void {
  if (id === null || plan.checks.some((check) => check.id === id)) return;
  plan.checks.push({ id, raw });
  plan.memoryAt.push(at);
}

/** @returns the forward's position, or `SAME` where there is none */
function addForward(plan: Plan, given: Given, head: Head, index: number, at: number): number {
  const target = given.target(at);
  const slot = target && given.slot(index, at);
  if (target === null || slot === null) return SAME;
  plan.at.push(at);
  plan.index.push(index);
  return plan.forwards.push({ type: head.functions[index] as number, slot, target }) - 1;
}

export function planImports(head: Head, given: Given): Plan {
  const plan = emptyPlan();
  let index = 0;
  head.imports.forEach(({ kind, raw }, at) => {
    if (kind === MEMORY) addMemory(plan, given.memory(at), raw, at);
    if (kind === FUNCTION) addForward(plan, given, head, index++, at);
  });
  plan.write = () => importTrampolines(head, plan.forwards, plan.checks);
  return plan;
}

export function planExports(head: Head, given: Given): Plan {
  const plan = emptyPlan();
  /** By function index: the position of its forward; behind `SAME`, what was not looked at yet. */
  const forwardOf = new Int32Array(head.functions.length).fill(SAME - 1);
  const twins = new Int32Array(head.exports.length).fill(SAME);
  head.exports.forEach(({ kind, index }, at) => {
    if (kind === MEMORY) addMemory(plan, given.memory(at), head.memories[index] as Uint8Array, at);
    if (kind !== FUNCTION) return;
    if (forwardOf[index] === SAME - 1) forwardOf[index] = addForward(plan, given, head, index, at);
    twins[at] = forwardOf[index] as number;
  });
  plan.write = () => exportTwin(head, plan.forwards, twins, plan.checks);
  return plan;
}

/** What two plans have in common where they are of one module and lead to the same trampolines. */
export const keyOf = ({ forwards, at, checks }: Plan): string =>
  `${forwards.map(({ slot, target }, forward) => `${at[forward]} ${slot} ${target}`)} ${checks.map(({ id }) => id)}`;

/** Where a call of this type hands over functions; of a page's function's several results none, as they may be any iterable. */
export function functionsOf(
  { types }: Head,
  type: number,
  isExport: boolean,
): { params: number[]; results: number[] } | null {
  const signature = types[type];
  if (!signature || !holdsReference(signature)) return null;
  const params = functionPlaces(signature.params, types);
  const results =
    isExport || signature.resultCount === 1 ? functionPlaces(signature.results, types) : [];
  return params.length + results.length > 0 ? { params, results } : null;
}
