import type { FlameBox } from './flameLayout.ts';

/** Height of a row, CSS pixels. */
export const ROW = 18;

export interface FlameLook {
  /** What a node is called. */
  label(node: number): string;
  /** Kind of its function: a colour each. */
  kind(node: number): 'root' | 'in' | 'out';
  /** Whether a search is on and misses it. */
  faded(node: number): boolean;
  selected: number | null;
}

/** Draws the boxes that are in sight. `scroll` is how far it is scrolled down, CSS pixels. */
export function drawFlame(canvas: HTMLCanvasElement, boxes: readonly FlameBox[], scroll: number, look: FlameLook): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string): string => css.getPropertyValue(name).trim();
  const fills = { root: colour('--bg-hover'), in: colour('--series-1'), out: colour('--series-2') };
  const [text, onFill, line] = [colour('--text'), colour('--accent-text'), colour('--text')];
  context.scale(ratio, ratio);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  context.textBaseline = 'middle';
  for (const box of boxes) {
    const y = box.depth * ROW - scroll;
    if (y + ROW < 0 || y > height) continue;
    const x = box.x * width;
    const wide = Math.max(box.width * width - 0.5, 0.5);
    const kind = look.kind(box.node);
    const faded = look.faded(box.node);
    context.globalAlpha = faded ? 0.25 : 1;
    context.fillStyle = fills[kind];
    context.fillRect(x, y, wide, ROW - 1);
    context.globalAlpha = 1;
    if (box.node === look.selected) {
      context.strokeStyle = line;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, Math.max(wide - 2, 1), ROW - 3);
    }
    if (wide < 24) continue;
    context.fillStyle = kind === 'root' || faded ? text : onFill;
    context.fillText(fitted(context, look.label(box.node), wide - 8), x + 4, y + ROW / 2);
  }
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
