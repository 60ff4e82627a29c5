import type { Direction } from '../../src/text/directionLabels.ts';
import { DIRECTION_LABELS } from '../../src/text/directionLabels.ts';

/** The colour and name of a direction. */
export function DirectionLabel({ direction }: { direction: Direction }) {
  return (
    <>
      <i class={`swatch ${direction}`} />
      {DIRECTION_LABELS[direction]}
    </>
  );
}
