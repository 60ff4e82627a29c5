import { ByteReader } from './byteReader.ts';
import type { Head } from './head.ts';
import { FUNCTION } from './head.ts';
import { SafeMap } from './safeCollections.ts';

/** Sizes of all parts of a module. */
export interface Outline {
  sections: { id: number; name: string; size: number }[];
  /** `field: name version` from the producers section (tool conventions, ProducersSection.md). */
  producers: string[];
  /** Features that the toolchain lists as used (tool conventions, Linking.md: target_features). */
  targetFeatures: string[];
  /** The module name in the name section; '' if there is none. */
  name: string;
  bodyCount: number;
  bodyBytes: number;
  /** The largest bodies, largest first, with their names from the name section or an export. */
  bodies: { index: number; name: string | null; size: number }[];
}

const SECTION_NAMES = [
  'custom',
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'data count',
  'tag',
  'string',
] as const;

const LARGEST = 200;

/**
 * Reads all sections, but not the instructions in them: time is linear in the number of functions,
 * not of bytes.
 * @throws WasmFormatError
 */
export function readOutline(bytes: Uint8Array, head: Head): Outline {
  const outline: Outline = {
    sections: [],
    producers: [],
    targetFeatures: [],
    name: '',
    bodyCount: 0,
    bodyBytes: 0,
    bodies: [],
  };
  const reader = new ByteReader(bytes, 8);
  let sizes = new Uint32Array(0);
  let names: ByteReader | null = null;
  while (!reader.done) {
    const id = reader.byte();
    const size = reader.u32();
    const section = new ByteReader(bytes, reader.offset, reader.offset + size);
    reader.skip(size);
    let name: string = SECTION_NAMES[id] ?? `section ${id}`;
    if (id === 0) {
      name = section.name();
      if (name === 'producers') outline.producers = readProducers(section);
      else if (name === 'target_features') outline.targetFeatures = readTargetFeatures(section);
      else if (name === 'name') names = section;
    } else if (id === 10) sizes = readBodySizes(section);
    outline.sections.push({ id, name, size });
  }
  outline.bodyCount = sizes.length;
  for (const size of sizes) outline.bodyBytes += size;
  const largest = largestOf(sizes);
  const wanted = new SafeMap<number, string | null>();
  for (const at of largest) wanted.set(at + head.importedFunctions, null);
  for (const { kind, index, name } of head.exports)
    if (kind === FUNCTION && wanted.has(index)) wanted.set(index, name);
  if (names) outline.name = readNames(names, wanted);
  outline.bodies = largest.map((at) => {
    const index = at + head.importedFunctions;
    return { index, name: wanted.get(index) ?? null, size: sizes[at] as number };
  });
  return outline;
}

/**
 * Positions of the largest sizes, largest first. They are sorted as numbers, because the engine
 * then needs no callback.
 */
function largestOf(sizes: Uint32Array): number[] {
  const ranked = new Float64Array(sizes.length);
  // Equal sizes keep their order.
  for (let at = 0; at < sizes.length; at++) ranked[at] = -(sizes[at] as number) * 2 ** 24 + at;
  ranked.sort();
  const largest: number[] = [];
  for (let rank = 0; rank < ranked.length && rank < LARGEST; rank++)
    largest[rank] = positive(ranked[rank] as number, 2 ** 24);
  return largest;
}

const positive = (value: number, modulus: number): number =>
  value - Math.floor(value / modulus) * modulus;

function readBodySizes(section: ByteReader): Uint32Array<ArrayBuffer> {
  const sizes = new Uint32Array(section.u32());
  for (let at = 0; at < sizes.length; at++) {
    const size = section.u32();
    sizes[at] = size;
    section.skip(size);
  }
  return sizes;
}

function readProducers(section: ByteReader): string[] {
  const lines: string[] = [];
  for (let fields = section.u32(); fields > 0; fields--) {
    const field = section.name();
    for (let values = section.u32(); values > 0; values--) {
      const name = section.name();
      lines.push(`${field}: ${name} ${section.name()}`.trim());
    }
  }
  return lines;
}

function readTargetFeatures(section: ByteReader): string[] {
  const features: string[] = [];
  for (let count = section.u32(); count > 0; count--) {
    const used = section.byte() === 0x2b;
    const name = section.name();
    if (used) features.push(name);
  }
  return features;
}

/** Fills in the names of the wanted functions and returns the module's name. */
function readNames(section: ByteReader, wanted: Map<number, string | null>): string {
  let module = '';
  while (!section.done) {
    const id = section.byte();
    const size = section.u32();
    const part = new ByteReader(section.bytes, section.offset, section.offset + size);
    section.skip(size);
    if (id === 0) module = part.name();
    else if (id === 1) {
      for (let count = part.u32(); count > 0; count--) {
        const index = part.u32();
        const name = part.nameBytes();
        if (wanted.has(index)) wanted.set(index, new ByteReader(name).text());
      }
    }
  }
  return module;
}
