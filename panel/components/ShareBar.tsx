import { formatShare } from '../../src/text/format.ts';

/** A share in numbers, with a bar that is full at the largest of its column. */
export function ShareBar({ share, most }: { share: number; most: number }) {
  return (
    <span class="share">
      <span class="share-track">
        <i class="bar" style={{ width: `${most > 0 ? (share / most) * 100 : 0}%` }} />
      </span>
      <span>{formatShare(share)}</span>
    </span>
  );
}
