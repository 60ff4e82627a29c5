import type { FunctionType, TypeEntry } from './head.ts';

const NAMES: Record<number, string> = {
  127: 'i32',
  126: 'i64',
  125: 'f32',
  124: 'f64',
  123: 'v128',
  112: 'funcref',
  111: 'externref',
  110: 'anyref',
  109: 'eqref',
  108: 'i31ref',
  107: 'structref',
  106: 'arrayref',
  105: 'exnref',
  113: 'nullref',
  114: 'nullexternref',
  115: 'nullfuncref',
  116: 'nullexnref',
};

const typeName = (type: Uint8Array): string => NAMES[type[0] as number] ?? 'ref';

/** Splits a list of value types into the bytes of each. */
export function eachValueType(types: Uint8Array): Uint8Array[] {
  const each: Uint8Array[] = [];
  for (let at = 0; at < types.length; ) {
    const from = at;
    const form = types[at++];
    // (ref null ht), (ref ht): a heap type follows. All other forms are one byte.
    if (form === 0x63 || form === 0x64) {
      if (types[at] === 0x62 || types[at] === 0x65) at++; // exact, shared
      while ((types[at++] as number) >= 0x80);
    }
    each[each.length] = types.subarray(from, at);
  }
  return each;
}

/**
 * Positions at which values of these types can be functions that the agent exchanges; functions in
 * an externref are left as they are.
 * @param typeOf returns the type at an index of the module
 */
export function functionPlaces(values: Uint8Array, typeOf: (index: number) => TypeEntry): number[] {
  return eachValueType(values).flatMap((type, at) => (canBeFunction(type, typeOf) ? [at] : []));
}

function canBeFunction(type: Uint8Array, typeOf: (index: number) => TypeEntry): boolean {
  if (type[0] === 0x70 || type[1] === 0x70) return true;
  if (type.length === 1 || (type.length === 2 && (type[1] as number) >= 0x40)) return false;
  const index = type.subarray(1).reduce((sum, byte, at) => sum + (byte & 0x7f) * 2 ** (7 * at), 0);
  return typeOf(index) !== null;
}

/** Formats a signature for the panel: `(i32, f64) → i32`. */
export function signatureText({ params, results }: FunctionType): string {
  const names = eachValueType(results).map(typeName);
  const result = names.length === 1 ? names[0] : `(${names.join(', ')})`;
  return `(${eachValueType(params).map(typeName).join(', ')}) → ${result}`;
}
