import type { Import } from '../../src/wasm/head.ts';
import { isObject } from '../page/natives.ts';

/**
 * An import object to give to the engine in place of the page's. When the engine first reads from it, the
 * page's is read: each property once, in the order and with the receivers of the specification ("read the
 * imports" of the WebAssembly JavaScript Interface). The engine then gets the values as `replace` returns
 * them, in the same order. What the page's object throws, or what is no object, reaches the engine at the
 * same import, so that errors are the engine's own.
 * @param described the module's imports in order, null for one that the engine does not ask for; null for all:
 *   not known, then the page's object is read through
 * @param replace takes the values, of which those not asked for are undefined
 */
export function recordImports(
  page: object,
  described: () => readonly (Import | null)[] | null | undefined,
  replace: (values: readonly unknown[]) => readonly unknown[],
): object {
  let record: Step[] | undefined;
  let given: readonly unknown[];
  let next = 0;

  // All in one trap, without a function of the page's called by another of the agent's: its stack traces have one frame.
  return new Proxy(
    {},
    {
      get(_, module) {
        if (!record) {
          record = [];
          const imports = described() ?? [];
          const values: unknown[] = [];
          for (let at = 0; at < imports.length; at++) {
            const asked = imports[at];
            values[at] = undefined;
            if (!asked) continue;
            const step: Step = { ...asked, namespace: undefined, give: () => given[at] };
            record[record.length] = step;
            try {
              step.namespace = (page as Properties)[asked.module];
              if (!isObject(step.namespace)) break;
              values[at] = (step.namespace as Properties)[asked.name];
            } catch (error) {
              step.give = () => {
                throw error;
              };
              break;
            }
          }
          given = replace(values);
        }
        const step = record[next];
        if (step?.module !== module) return (page as Properties)[module];
        next++;
        if (!isObject(step.namespace))
          return step.namespace === undefined ? step.give() : step.namespace;
        return {
          __proto__: null,
          get [step.name]() {
            return step.give();
          },
        };
      },
    },
  );
}

type Properties = Record<PropertyKey, unknown>;

interface Step {
  module: string;
  name: string;
  namespace: unknown;
  /** The value for the engine, or what the page's object threw. */
  give: () => unknown;
}
