import type { FlameBox } from './flameLayout.ts';
import { flameShades } from './flameShades.ts';

/** Height of a row, CSS pixels. */
export const ROW = 18;

export type FlameKind = 'root' | 'in' | 'out';

export interface FlameLook {
  /** A node's name. */
  label(node: number): string;
  /** Kind of its function: a colour each. */
  kind(node: number): FlameKind;
  /** A number that neighbours rarely share, so that boxes of one kind differ in shade. */
  shade(node: number): number;
  /** Whether a search is on and misses it. */
  faded(node: number): boolean;
  selected: number | null;
}

interface Palette {
  root: string;
  in: string[];
  out: string[];
  merged: string;
  text: string;
  onFill: string;
}

/** Draws the boxes that are in sight. `scroll` is how far it is scrolled down, CSS pixels. */
export function drawFlame(
  canvas: HTMLCanvasElement,
  boxes: readonly FlameBox[],
  scroll: number,
  look: FlameLook,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const palette = readPalette();
  context.scale(ratio, ratio);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = 'middle';
  for (const box of boxes) {
    const y = box.depth * ROW - scroll;
    if (y + ROW < 0 || y > height) continue;
    const x = box.x * width;
    const wide = Math.max(box.width * width - (box.width * width > 3 ? 1 : 0), 0.5);
    const kind = look.kind(box.node);
    const faded = box.merged === undefined && look.faded(box.node);
    context.globalAlpha = faded ? 0.22 : 1;
    context.fillStyle = fillOf(palette, box, kind, look.shade(box.node));
    context.fillRect(x, y, wide, ROW - 1);
    context.globalAlpha = 1;
    if (box.merged === undefined && box.node === look.selected) {
      context.strokeStyle = palette.text;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, Math.max(wide - 2, 1), ROW - 3);
    }
    if (wide < 24) continue;
    context.fillStyle =
      kind === 'root' || faded || box.merged !== undefined ? palette.text : palette.onFill;
    const label = box.merged === undefined ? look.label(box.node) : `${box.merged} more`;
    context.fillText(fitted(context, label, wide - 8), x + 4, y + ROW / 2);
  }
}

function fillOf(palette: Palette, box: FlameBox, kind: FlameKind, shade: number): string {
  if (box.merged !== undefined) return palette.merged;
  if (kind === 'root') return palette.root;
  return palette[kind][shade % palette[kind].length] ?? palette.root;
}

function readPalette(): Palette {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string): string => css.getPropertyValue(name).trim();
  const onFill = colour('--accent-text');
  return {
    root: colour('--bg-hover'),
    merged: colour('--line'),
    text: colour('--text'),
    onFill,
    in: flameShades(colour('--series-1'), onFill),
    out: flameShades(colour('--series-2'), onFill),
  };
}

/** As much of a text as fits, with an ellipsis. */
function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? `${text.slice(0, low)}…` : '';
}
