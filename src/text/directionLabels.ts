/** Which way a call crosses the boundary. */
export type Direction = 'in' | 'out';

/** Directions as tables, menus and legends show them. */
export const DIRECTION_LABELS: Record<Direction, string> = {
  in: 'JS → wasm',
  out: 'wasm → JS',
};
