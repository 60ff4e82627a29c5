import type { Module } from '../../../src/session/model.ts';
import { countOf } from '../../../src/text/countOf.ts';
import type { Box } from './treemap.ts';
import { treemap } from './treemap.ts';

/**
 * A section or a function's body. 'rest' stands for the bodies that are not listed and the code
 * section's head.
 */
export interface Part {
  key: string;
  name: string;
  /** Replaces the name where there is little room: the index of a function without a name. */
  short: string;
  kind: 'section' | 'function' | 'rest';
  size: number;
}

const CODE = 10;

/**
 * A module's parts, largest first: its sections, and in place of the code section its largest
 * functions.
 */
export function partsOf(module: Module): Part[] {
  const parts: Part[] = [];
  for (const [at, { id, name, size }] of (module.sections ?? []).entries()) {
    if (id !== CODE || !module.bodies?.length) {
      parts.push({
        key: `s${at}`,
        name: id === CODE ? 'code' : name,
        short: name,
        kind: 'section',
        size,
      });
      continue;
    }
    let rest = size;
    for (const body of module.bodies) {
      rest -= body.size;
      parts.push({
        key: `f${body.index}`,
        name: body.name ?? `function ${body.index}`,
        short: body.name ?? String(body.index),
        kind: 'function',
        size: body.size,
      });
    }
    if (rest > 0) parts.push(restPart(module.bodies.length, module.bodyCount ?? 0, rest));
  }
  return parts.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
}

/**
 * The bodies that are not listed, or, where all are, the sizes that precede them in the code
 * section.
 */
function restPart(listed: number, all: number, size: number): Part {
  const others = all - listed;
  const name = others > 0 ? countOf(others, 'smaller function') : 'Function sizes';
  return { key: 'rest', name, short: name, kind: 'rest', size };
}

export interface PlacedPart {
  part: Part;
  box: Box;
}

/**
 * Boxes for the parts, the code section's together in one of its own with a strip for its title.
 */
export interface PartsLayout {
  sections: PlacedPart[];
  code: { box: Box; size: number; functions: PlacedPart[] } | null;
}

/** Height of the strip with a group's title, and the room around what is in it. */
const TITLE = 18;
const ROOM = 2;

/** @param width CSS pixels, as is `height` */
export function layOutParts(parts: readonly Part[], width: number, height: number): PartsLayout {
  const inCode = parts.filter(({ kind }) => kind !== 'section');
  const code = inCode.reduce((sum, { size }) => sum + size, 0);
  const top: { part: Part | null; size: number }[] = parts
    .filter(({ kind }) => kind === 'section')
    .map((part) => ({ part, size: part.size }));
  if (code > 0) top.push({ part: null, size: code });
  top.sort((a, b) => b.size - a.size);
  const layout: PartsLayout = { sections: [], code: null };
  treemap(
    top.map(({ size }) => size),
    width,
    height,
  ).forEach((box, at) => {
    const part = top[at]?.part;
    if (part) layout.sections.push({ part, box });
    else layout.code = { box, size: code, functions: within(box, inCode) };
  });
  return layout;
}

function within(box: Box, parts: readonly Part[]): PlacedPart[] {
  const title = box.height > 4 * TITLE ? TITLE : ROOM;
  const inner = { width: box.width - 2 * ROOM, height: box.height - title - ROOM };
  if (inner.width <= 0 || inner.height <= 0) return [];
  const boxes = treemap(
    parts.map(({ size }) => size),
    inner.width,
    inner.height,
  );
  return parts.flatMap((part, index) => {
    const placed = boxes[index];
    return placed ? [{ part, box: { ...placed, x: placed.x + ROOM, y: placed.y + title } }] : [];
  });
}
