import { stableFunctionNames } from '../../src/analysis/metrics/stableName.ts';
import type { FunctionIndex, Session } from '../../src/session/model.ts';

const known = new WeakMap<Session['functions'], Map<string, string>>();

/** What a boundary function is called where there is little room: its name, without the hash that wasm-bindgen ends imports with. */
export function shownName({ functions }: Session, fn: FunctionIndex): string {
  let names = known.get(functions);
  if (!names) {
    names = stableFunctionNames(functions.map(({ name }) => name));
    known.set(functions, names);
  }
  const name = functions[fn]?.name ?? '';
  return names.get(name) ?? name;
}
