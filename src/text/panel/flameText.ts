import { formatCount } from '../format.ts';

/** Sentences of the Flame view. */
export const FLAME_TEXT = {
  emptyTitle: 'No crossings recorded',
  empty:
    'Calls between JavaScript and WebAssembly appear here once a module that was loaded during the recording is used.',
  emptyRangeTitle: 'No crossings in this range',
  emptyRange: 'Clear the range to see all crossings.',
  hint: 'Click a box to zoom in. The wheel zooms; with Shift it scrolls. Arrow keys select a box, Enter zooms in, Backspace and Escape zoom out.',
  realmRoot: 'all crossings of this realm',
  merged: (count: number): string =>
    `${formatCount(count)} more, each too narrow to draw. Zoom in to see them.`,
} as const;
