import type { Session, TimeRange } from '../session/model.ts';
import { addTo } from './addTo.ts';
import { inRange } from './inRange.ts';

/**
 * Bytes copied while each function was the innermost crossing; index = FunctionIndex. The last
 * entry is what was copied outside any crossing.
 */
export function copiedBytes(
  { copies, functions, nodes }: Session,
  range?: TimeRange | null,
): Float64Array {
  const outside = functions.length;
  const bytes = new Float64Array(outside + 1);
  for (const interval of copies) {
    if (!inRange(interval.from, interval.to, range)) continue;
    for (let row = 0; row < interval.node.length; row++) {
      const fn = nodes.function[interval.node[row] ?? -1] ?? -1;
      addTo(bytes, fn < 0 ? outside : fn, interval.bytes[row] ?? 0);
    }
  }
  return bytes;
}
