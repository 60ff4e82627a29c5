import type { TimeRange } from '../../src/session/model.ts';
import { IconButton } from './IconButton.tsx';

interface Props {
  range: TimeRange | null;
  /** Length of the session, ms. */
  duration: number;
  onRange(range: TimeRange | null): void;
}

/** Rounded as the Overview rounds the duration: `toFixed` alone would show 8.795 s as 8.79. */
const seconds = (ms: number): string => (Math.round(ms / 10) / 100).toFixed(2);

/** Shows the time range of all views in seconds, sets it by keyboard and clears it. */
export function RangeFields({ range, duration, onRange }: Props) {
  function change(end: keyof TimeRange, value: number): void {
    const next = { from: 0, to: duration, ...range, [end]: value };
    const from = Math.min(Math.max(next.from, 0), duration);
    const to = Math.min(Math.max(next.to, 0), duration);
    onRange(to > from ? { from, to } : null);
  }
  const field = (end: keyof TimeRange, label: string, value: number) => (
    <input
      type="number"
      class="range-field"
      aria-label={label}
      min={0}
      max={seconds(duration)}
      step={0.1}
      value={seconds(value)}
      onChange={({ currentTarget: { valueAsNumber } }) => {
        if (!Number.isNaN(valueAsNumber)) change(end, valueAsNumber * 1000);
      }}
    />
  );
  return (
    <fieldset class={`range-fields ${range ? 'range-chip' : 'dim'}`} aria-label="Time range">
      <span aria-hidden="true">{range ? 'Range' : 'All'}</span>
      {field('from', 'Range start, seconds', range?.from ?? 0)}
      <span aria-hidden="true">–</span>
      {field('to', 'Range end, seconds', range?.to ?? duration)}
      <span aria-hidden="true">s</span>
      {range && (
        <IconButton icon="close" name="Clear the range (Escape)" onClick={() => onRange(null)} />
      )}
    </fieldset>
  );
}
