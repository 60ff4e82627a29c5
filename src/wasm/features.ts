import type { Head } from './head.ts';
import { MEMORY, TAG } from './head.ts';
import type { Outline } from './outline.ts';
import { SafeSet } from './safeCollections.ts';
import { eachValueType } from './signature.ts';

/**
 * The proposals that a module uses, by name, as far as its declarations and its toolchain's own
 * list show. Instructions are not read, so a feature that appears only in them (SIMD in a stripped
 * module) is missed.
 */
export function featuresOf(head: Head, outline: Outline | null): string[] {
  const features = new SafeSet<string>();
  for (const name of outline?.targetFeatures ?? []) features.add(name);
  if (outline?.sections.some(({ id }) => id === 12)) features.add('bulk-memory');
  if (head.count(TAG) > 0) features.add('exceptions');
  if (head.count(MEMORY) > 1) features.add('multi-memory');
  for (let index = 0; index < head.count(MEMORY); index++) {
    const flags = head.raw(MEMORY, index)[0] as number;
    if ((flags & 2) !== 0) features.add('threads');
    if ((flags & 4) !== 0) features.add('memory64');
  }
  if ([0x4e, 0x4f, 0x50].includes(head.typeBytes[0] as number)) features.add('gc');
  for (let index = 0; index < head.typeCount; index++) {
    const type = head.type(index);
    if (!type) {
      features.add('gc');
      continue;
    }
    if (type.resultCount > 1) features.add('multi-value');
    for (const [form] of [...eachValueType(type.params), ...eachValueType(type.results)]) {
      if (form === 0x7b) features.add('simd');
      else if (form === 0x6f || form === 0x70) features.add('reference-types');
      else if (form === 0x63 || form === 0x64 || (form as number) < 0x6f) features.add('gc');
    }
  }
  if (head.imports.some(({ module }) => module === 'wasm:js-string'))
    features.add('js-string-builtins');
  const names: string[] = [];
  features.forEach((name) => {
    names.push(name);
  });
  return names;
}
