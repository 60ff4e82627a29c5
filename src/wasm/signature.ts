import type { FunctionType } from './head.ts';
import { eachValueType } from './head.ts';

const NAMES: Record<number, string> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
  0x70: 'funcref',
  0x6f: 'externref',
  0x6e: 'anyref',
  0x6d: 'eqref',
  0x6c: 'i31ref',
  0x6b: 'structref',
  0x6a: 'arrayref',
  0x69: 'exnref',
  0x71: 'nullref',
  0x72: 'nullexternref',
  0x73: 'nullfuncref',
  0x74: 'nullexnref',
};

const typeName = (type: Uint8Array): string => NAMES[type[0] as number] ?? 'ref';

/** Whether a function of this type can take or give a reference. */
export const holdsReference = ({ params, results }: FunctionType): boolean =>
  hasReference(params) || hasReference(results);

function hasReference(types: Uint8Array): boolean {
  // Numbers and vectors are one byte each, 0x7b to 0x7f; all else is a reference.
  for (let at = 0; at < types.length; at++)
    if ((types[at] as number) < 0x7b || (types[at] as number) > 0x7f) return true;
  return false;
}

/** Positions at which values of these types can be functions; in an externref a function is the page's own affair. */
export function functionPlaces(
  values: Uint8Array,
  types: readonly (FunctionType | null)[],
): number[] {
  return eachValueType(values).flatMap((type, at) => (canBeFunction(type, types) ? [at] : []));
}

function canBeFunction(type: Uint8Array, types: readonly (FunctionType | null)[]): boolean {
  if (type[0] === 0x70 || type[1] === 0x70) return true;
  if (type.length === 1 || (type.length === 2 && (type[1] as number) >= 0x40)) return false;
  const index = type.subarray(1).reduce((sum, byte, at) => sum + (byte & 0x7f) * 2 ** (7 * at), 0);
  return Boolean(types[index]);
}

/** A signature in the text of the panel: `(i32, f64) → i32`. */
export function signatureText({ params, results }: FunctionType): string {
  const names = eachValueType(results).map(typeName);
  const result = names.length === 1 ? names[0] : `(${names.join(', ')})`;
  return `(${eachValueType(params).map(typeName).join(', ')}) → ${result}`;
}
