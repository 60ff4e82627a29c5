import type { Import } from '../../src/wasm/head.ts';

// Held before the page replaces it.
const { get } = Reflect;

/**
 * An import object to give to the engine in place of the page's. When the engine first reads from it, the
 * page's is read: each property once, in the order and with the receivers of the specification ("read the
 * imports" of the WebAssembly JavaScript Interface). The engine then gets the values as `replace` returns
 * them, in the same order. What the page's object throws, or what is no object, reaches the engine at the
 * same import, so that errors are the engine's own.
 * @param described the module's imports in order; null: not known, then the page's object is read through
 */
export function recordImports(
  page: object,
  described: () => readonly Import[] | null,
  replace: (values: readonly unknown[]) => readonly unknown[],
): object {
  let record: Step[] | null | undefined;
  let next = 0;

  function read(): Step[] | null {
    const imports = described();
    if (!imports) return null;
    const steps: Step[] = [];
    const values: unknown[] = [];
    for (const { module, name } of imports) {
      const step: Step = { module, name, namespace: undefined, value: undefined, thrown: null };
      steps.push(step);
      try {
        step.namespace = get(page, module, page);
        if (!isObject(step.namespace)) break;
        step.value = get(step.namespace, name, step.namespace);
        values.push(step.value);
      } catch (error) {
        step.thrown = { error };
        break;
      }
    }
    replace(values).forEach((value, at) => {
      (steps[at] as Step).value = value;
    });
    return steps;
  }

  return new Proxy({}, {
    get(_, module) {
      if (record === undefined) record = read();
      const step = record?.[next];
      if (!record || step?.module !== module) return get(page, module, page);
      if (step.thrown && !isObject(step.namespace)) {
        next++;
        throw step.thrown.error;
      }
      if (!isObject(step.namespace)) return step.namespace;
      return new Proxy({}, {
        get(_, name) {
          if (step.name !== name) return get(step.namespace as object, name, step.namespace);
          next++;
          if (step.thrown) throw step.thrown.error;
          return step.value;
        },
      });
    },
  });
}

interface Step {
  module: string;
  name: string;
  namespace: unknown;
  value: unknown;
  thrown: { error: unknown } | null;
}

const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';
