import type { TimeRange } from '../../src/session/model.ts';
import { IconButton } from './IconButton.tsx';

/** The selected stretch in seconds: shows it, sets it by keyboard, clears it. */
export function RangeFields({
  range,
  duration,
  onRange,
}: {
  range: TimeRange | null;
  /** Length of the session, ms. */
  duration: number;
  onRange(range: TimeRange | null): void;
}) {
  function set(change: Partial<TimeRange>): void {
    const next = { from: 0, to: duration, ...range, ...change };
    const from = Math.min(Math.max(next.from, 0), duration);
    const to = Math.min(Math.max(next.to, 0), duration);
    onRange(to > from ? { from, to } : null);
  }
  const field = (name: 'from' | 'to', label: string, value: number) => (
    <input
      type="number"
      class="range-field"
      aria-label={label}
      min={0}
      max={(duration / 1000).toFixed(2)}
      step={0.1}
      value={(value / 1000).toFixed(2)}
      onChange={(event) => {
        if (!Number.isNaN(event.currentTarget.valueAsNumber))
          set({ [name]: event.currentTarget.valueAsNumber * 1000 });
      }}
    />
  );
  return (
    <div
      class={`range-fields ${range ? 'range-chip' : 'dim'}`}
      role="group"
      aria-label="Range, all views"
    >
      <span aria-hidden="true">{range ? 'Range' : 'All'}</span>
      {field('from', 'Range from, seconds', range?.from ?? 0)}
      <span aria-hidden="true">–</span>
      {field('to', 'Range to, seconds', range?.to ?? duration)}
      <span aria-hidden="true">s</span>
      {range && (
        <IconButton icon="close" name="Clear the range (Escape)" onClick={() => onRange(null)} />
      )}
    </div>
  );
}
