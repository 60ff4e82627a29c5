import { stableFunctionNames } from '../../src/metrics/stableName.ts';
import type { FunctionIndex, Session } from '../../src/session/model.ts';

const known = new WeakMap<Session['functions'], { count: number; names: Map<string, string> }>();

/** What a boundary function is called where there is little room: its name, without the hash that wasm-bindgen ends imports with. */
export function shownName({ functions }: Session, fn: FunctionIndex): string {
  let cached = known.get(functions);
  // While it records, the list grows.
  if (cached?.count !== functions.length) {
    cached = {
      count: functions.length,
      names: stableFunctionNames(functions.map(({ name }) => name)),
    };
    known.set(functions, cached);
  }
  const name = functions[fn]?.name ?? '';
  return cached.names.get(name) ?? name;
}
