import { SafeMap, SafeWeakMap } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, make, patchConstructor, patchMethod, together } from '../page/patch.ts';
import { STRICT } from '../page/strict.ts';
import type { HookContext } from '../recording/context.ts';

/** A script in a blob: something may be put in front of it. */
export interface ScriptBlob {
  blob: Blob;
  /** Begins with the directive, which it would lose behind something else. */
  strict: boolean;
  /** Gives itself another name for stacks. */
  named: boolean;
}

export interface Blobs {
  undo: Undo;
  /** By the URL that the page was given; null: not made here, of parts that are not text, or revoked. */
  get(url: string): ScriptBlob | null;
}

/** How far a directive is looked for, characters. */
const FAR = 20_000;
const { getOwnPropertyDescriptor } = Reflect;
const { isArray } = Array;

/** Remembers which blob is behind a URL, as long as the URL is good, and how its text begins. About 1 µs a blob. */
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

/** The first parts as text; null where the first is none. */
function beginning(parts: unknown): string | null {
  if (!isArray(parts)) return null;
  let text: string | null = null;
  for (let at = 0; at < parts.length && (text?.length ?? 0) < FAR; at++) {
    const part: unknown = getOwnPropertyDescriptor(parts, at)?.value;
    if (typeof part !== 'string') break;
    text = (text ?? '') + (part.length > FAR ? part.slice(0, FAR) + part.slice(-200) : part);
  }
  return text;
}
