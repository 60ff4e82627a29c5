import { stableFunctionNames } from '../../src/metrics/stableName.ts';
import type { FunctionIndex, Session } from '../../src/session/model.ts';
import { perSession } from '../../src/session/perSession.ts';

const stableNames = perSession(({ functions }) =>
  stableFunctionNames(functions.map(({ name }) => name)),
);

/**
 * A boundary function's name where there is little room: without the hash that wasm-bindgen appends
 * to imports.
 */
export function shownName(session: Session, fn: FunctionIndex): string {
  const name = session.functions[fn]?.name ?? '';
  return stableNames(session).get(name) ?? name;
}
