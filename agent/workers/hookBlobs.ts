import { SafeMap, SafeWeakMap } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, make, patchConstructor, patchMethod, together } from '../page/patch.ts';
import { STRICT } from '../page/strict.ts';
import type { HookContext } from '../recording/context.ts';

/** A script in a blob, before which the agent may be inserted. */
export interface ScriptBlob {
  blob: Blob;
  /** Whether it begins with the directive, which would have no effect after another statement. */
  strict: boolean;
  /** Whether it sets its own name for stack traces. */
  named: boolean;
}

export interface Blobs {
  undo: Undo;
  /**
   * Returns the script behind a `blob:` URL. Null if the URL was not created here, was revoked, or
   * does not contain text.
   */
  get(url: string): ScriptBlob | null;
}

/** How many characters are searched for a directive. */
const SEARCHED = 20_000;
const { getOwnPropertyDescriptor } = Reflect;
const { isArray } = Array;

/**
 * Remembers the blob behind each URL until it is revoked, and how its text begins. About 1 µs per
 * blob.
 */
export function hookBlobs(context: HookContext): Blobs {
  const texts = new SafeWeakMap<object, Omit<ScriptBlob, 'blob'>>();
  const urls = new SafeMap<string, ScriptBlob>();
  const undos = [
    patchConstructor(globalThis, 'Blob', (native, args, newTarget) => {
      const blob = make(native, args, newTarget);
      context.quietly('a blob', () => {
        const text = beginning(args[0]);
        if (text !== null)
          texts.set(blob, { strict: STRICT.test(text), named: text.includes('sourceURL=') });
      });
      return blob;
    }),
    patchMethod(URL, 'createObjectURL', (native, self, args) => {
      const url = call(native, self, args) as string;
      const text = texts.get(args[0] as object);
      if (text) urls.set(url, { blob: args[0] as Blob, ...text });
      return url;
    }),
    patchMethod(URL, 'revokeObjectURL', (native, self, args) => {
      urls.delete(`${args[0]}`);
      return call(native, self, args);
    }),
  ];
  return { get: (url) => urls.get(url) ?? null, undo: together(undos) };
}

/** Joins the leading parts that are text; null if the first one is not. */
function beginning(parts: unknown): string | null {
  if (!isArray(parts)) return null;
  let text: string | null = null;
  for (let index = 0; index < parts.length && (text?.length ?? 0) < SEARCHED; index++) {
    const part: unknown = getOwnPropertyDescriptor(parts, index)?.value;
    if (typeof part !== 'string') break;
    text =
      (text ?? '') + (part.length > SEARCHED ? part.slice(0, SEARCHED) + part.slice(-200) : part);
  }
  return text;
}
