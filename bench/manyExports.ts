import type { ValueType } from '../test/fixtures/buildModule.ts';
import { buildModule, op } from '../test/fixtures/buildModule.ts';

const TYPES: ValueType[] = ['i32', 'i64', 'f64'];
/** Code bytes that a function has at least. */
const BODY = 150;

/**
 * A module like a large C++ build: so many exports with long names, of 60 signatures; `f0` takes
 * nothing.
 */
export function manyExports(count: number): Uint8Array<ArrayBuffer> {
  const code = [...new Array<number>(BODY).fill(0x01), ...op.count(0)];
  return buildModule({
    counters: ['calls'],
    functions: Array.from({ length: count }, (_, index) => ({
      name: index === 0 ? 'f0' : `_ZN8database6engine8function${index}ERKNS0_5ValueEPNS0_7ContextE`,
      params: Array.from(
        { length: index % 20 === 0 ? 0 : 1 + (index % 6) },
        (__, at) => TYPES[(index + at * (index % 3)) % 3] as ValueType,
      ),
      results: [],
      code,
    })),
  });
}
