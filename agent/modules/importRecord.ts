import type { Import } from '../../src/wasm/head.ts';
import { isObject } from '../page/natives.ts';

/**
 * Returns an import object to pass to the engine instead of the page's. When the engine first reads
 * from it, the page's object is read: each property once, in the order and with the receivers that
 * the specification requires ("read the imports" in the WebAssembly JavaScript Interface). The
 * engine then gets the values that `replace` returns, in the same order. If the page's object
 * throws or has a value that is not an object, the engine sees that at the same import, so that
 * error messages are the engine's own.
 * @param described the module's imports in order, with null for one that the engine does not
 *   request. If the whole list is null, the imports are unknown and reads go straight to the page's
 *   object.
 * @param replace receives the values; those that the engine does not request are undefined
 */
export function recordImports(
  page: object,
  described: () => readonly (Import | null)[] | null | undefined,
  replace: (values: readonly unknown[]) => readonly unknown[],
): object {
  let record: Step[] | undefined;
  let given: readonly unknown[];
  let next = 0;

  // A single trap does all the work, without nested agent functions around calls into the page: the
  // page's stack traces then have one extra frame.
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
  /** Returns the value for the engine, or throws what the page's object threw. */
  give: () => unknown;
}
