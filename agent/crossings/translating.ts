import type { Head } from '../../src/wasm/head.ts';
import { functionPlaces } from '../../src/wasm/signature.ts';
import type { WasmFunction } from './wasmFunction.ts';

// Saved before the page replaces it.
const { apply } = Reflect;

type Exchange = (value: unknown) => unknown;

/**
 * Wraps a function so that functions passed by its calls are exchanged like those in tables. If a
 * signature has any, a closure is placed behind the trampoline, which costs about 0.1 µs per call;
 * other functions are not affected.
 * @param give exchanges what the call takes, `take` what it returns
 * @returns the target itself if its type has no functions
 */
export function translating(
  target: WasmFunction,
  head: Head,
  type: number,
  isExport: boolean,
  give: Exchange,
  take: Exchange,
): WasmFunction {
  const places = functionsOf(head, type, isExport);
  if (!places) return target;
  const { params, results } = places;
  const single = head.type(type)?.resultCount === 1;
  return (...values) => {
    exchange(values, params, give);
    const result = apply(target, undefined, values) as unknown;
    if (results.length === 0) return result;
    if (single) return take(result);
    exchange(result as unknown[], results, take);
    return result;
  };
}

function exchange(values: unknown[], places: readonly number[], by: Exchange): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    values[place] = by(values[place]);
  }
}

/**
 * Where calls of this type pass functions. If a page's function returns several results, none of
 * them counts, because they may come from any iterable.
 */
export function functionsOf(
  head: Head,
  type: number,
  isExport: boolean,
): { params: number[]; results: number[] } | null {
  const signature = head.type(type);
  if (!signature?.holdsReference) return null;
  const params = functionPlaces(signature.params, head.type);
  const results =
    isExport || signature.resultCount === 1 ? functionPlaces(signature.results, head.type) : [];
  return params.length + results.length > 0 ? { params, results } : null;
}
