import type { FunctionIndex, Session } from '../session/model.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { halfWidth } from '../statistics/estimate.ts';
import { crossingTable } from './crossingTable.ts';

/** A boundary function, summed over all realms that called it. */
export interface CalledFunction {
  /** In the first realm that called it. */
  function: FunctionIndex;
  name: string;
  calls: number;
  /** ms */
  self: Estimate;
  realms: number;
}

/**
 * The boundary functions that were called, most self time first. Functions of a module that
 * threads share are one function.
 */
export function calledFunctions(session: Session): CalledFunction[] {
  const { functions, modules } = session;
  const byKey = new Map<string, CalledFunction>();
  for (const { function: index, calls, self } of crossingTable(session)) {
    const fn = functions[index];
    if (!fn || calls === 0) continue;
    const module = modules[fn.module]?.origin ?? fn.module;
    const key = `${module} ${fn.kind} ${fn.name}`;
    const sum = byKey.get(key);
    byKey.set(key, {
      function: sum?.function ?? index,
      name: fn.name,
      calls: (sum?.calls ?? 0) + calls,
      self: {
        value: (sum?.self.value ?? 0) + self.value,
        error: Math.hypot(sum?.self.error ?? 0, self.error),
      },
      realms: (sum?.realms ?? 0) + 1,
    });
  }
  return [...byKey.values()].sort(
    (a, b) => leastSelfTime(b) - leastSelfTime(a) || b.self.value - a.self.value,
  );
}

/** The lower end of the interval: a function with a wide interval does not come first. */
const leastSelfTime = ({ self }: CalledFunction): number =>
  Math.max(self.value - halfWidth(self), 0);
