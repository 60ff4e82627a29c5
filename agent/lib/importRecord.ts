import type { Import } from '../../src/wasm/head.ts';
import { isObject } from './natives.ts';

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
  described: () => readonly (Import | null)[] | null,
  replace: (values: readonly unknown[]) => readonly unknown[],
): object {
  let record: Step[] | null | undefined;
  let next = 0;

  // All in one trap, without a function of the page's called by another of the agent's: its stack traces have one frame.
  return new Proxy({}, {
    get(_, module) {
      if (record === undefined) {
        const imports = described();
        record = imports && [];
        const values: unknown[] = [];
        for (let at = 0; imports && record && at < imports.length; at++) {
          const asked = imports[at];
          values[at] = undefined;
          if (!asked) continue;
          const step: Step = { at, module: asked.module, name: asked.name, namespace: undefined, value: undefined, thrown: null };
          record[record.length] = step;
          try {
            step.namespace = (page as Properties)[asked.module];
            if (!isObject(step.namespace)) break;
            values[at] = (step.namespace as Properties)[asked.name];
          } catch (error) {
            step.thrown = { error };
            break;
          }
        }
        if (record) {
          const replaced = replace(values);
          for (let at = 0; at < record.length; at++) {
            const step = record[at] as Step;
            step.value = replaced[step.at];
          }
        }
      }
      const step = record?.[next];
      if (!step || step.module !== module) return (page as Properties)[module];
      if (isObject(step.namespace)) {
        return new Proxy({}, {
          get(_, name) {
            if (step.name !== name) return (step.namespace as Properties)[name];
            next++;
            if (step.thrown) throw step.thrown.error;
            return step.value;
          },
        });
      }
      if (!step.thrown) return step.namespace;
      throw step.thrown.error;
    },
  });
}

type Properties = Record<PropertyKey, unknown>;

interface Step {
  /** Position in the module's imports. */
  at: number;
  module: string;
  name: string;
  namespace: unknown;
  value: unknown;
  thrown: { error: unknown } | null;
}
