export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Boxes with areas in proportion to the sizes, as square as possible (Bruls, Huizing, van Wijk:
 * Squarified Treemaps, 2000).
 * @param sizes positive, from the largest
 */
export function treemap(sizes: readonly number[], width: number, height: number): Box[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const boxes: Box[] = [];
  const scale = (width * height) / total;
  let free: Box = { x: 0, y: 0, width, height };
  for (let from = 0; from < sizes.length; ) {
    const side = Math.min(free.width, free.height);
    const largest = sizes[from] ?? 0;
    let area = largest * scale;
    let to = from + 1;
    let worst = worstRatio(area, largest, largest, side, scale);
    while (to < sizes.length) {
      const smallest = sizes[to] ?? 0;
      const more = area + smallest * scale;
      const ratio = worstRatio(more, largest, smallest, side, scale);
      if (ratio > worst) break;
      area = more;
      worst = ratio;
      to++;
    }
    free = layRow(boxes, sizes.slice(from, to), area, free, scale);
    from = to;
  }
  return boxes;
}

function worstRatio(
  area: number,
  largest: number,
  smallest: number,
  side: number,
  scale: number,
): number {
  const square = (area / side) ** 2;
  return Math.max((largest * scale) / square, square / (smallest * scale));
}

function layRow(boxes: Box[], row: readonly number[], area: number, free: Box, scale: number): Box {
  const upright = free.width >= free.height;
  const side = upright ? free.height : free.width;
  const thickness = side > 0 ? area / side : 0;
  let at = upright ? free.y : free.x;
  for (const size of row) {
    const length = thickness > 0 ? (size * scale) / thickness : 0;
    boxes.push(
      upright
        ? { x: free.x, y: at, width: thickness, height: length }
        : { x: at, y: free.y, width: length, height: thickness },
    );
    at += length;
  }
  return upright
    ? {
        x: free.x + thickness,
        y: free.y,
        width: Math.max(free.width - thickness, 0),
        height: free.height,
      }
    : {
        x: free.x,
        y: free.y + thickness,
        width: free.width,
        height: Math.max(free.height - thickness, 0),
      };
}
