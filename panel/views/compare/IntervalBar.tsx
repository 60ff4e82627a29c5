import { formatChange } from '../../../src/text/format.ts';

interface Props {
  ratio: number | null;
  interval: readonly [number, number] | null;
  tone: string;
}

/** The axis ends at half and at double, on a log scale; beyond, a bar is cut off. */
const END = Math.log(2);
const place = (ratio: number): number =>
  Math.min(Math.max((Math.log(ratio) / END + 1) / 2, 0), 1) * 100;

/** A ratio and its interval around 1, drawn, and in words for those who do not see it. */
export function IntervalBar({ ratio, interval, tone }: Props) {
  if (ratio === null || ratio <= 0) return <span class="dim">–</span>;
  const [low, high] = interval ?? [ratio, ratio];
  const words = interval
    ? `${formatChange(ratio)}, 95 % interval ${formatChange(low)} to ${formatChange(high)}`
    : formatChange(ratio);
  return (
    <span class="interval" role="img" aria-label={words} title={words}>
      <i class="interval-one" />
      <i
        class={`interval-range ${tone}`}
        style={{ left: `${place(low)}%`, width: `${place(high) - place(low)}%` }}
      />
      <i class={`interval-point ${tone}`} style={{ left: `${place(ratio)}%` }} />
    </span>
  );
}
