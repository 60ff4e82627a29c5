import { formatDuration } from '../../src/text/format.ts';
import { NETWORK_TEXT } from '../../src/text/panel/networkText.ts';
import type { Tick, TimeScale } from './timeScale.ts';
import { clip } from './timeScale.ts';

export interface Phase {
  name: string;
  from: number;
  to: number;
}

/** `until first call` is `phase-until`. */
export const phaseClass = (name: string): string => `phase-${name.split(' ')[0]}`;

export const describePhases = (phases: readonly Phase[]): string =>
  phases.map(({ name, from, to }) => `${name} ${formatDuration(to - from)}`).join(', ');

/** Phases as bars on a time scale; a phase too short to see is still drawn as a line. */
export function Waterfall({
  phases,
  scale,
  ticks,
}: {
  phases: readonly Phase[];
  scale: TimeScale;
  ticks: readonly Tick[];
}) {
  return (
    <div
      class="waterfall"
      role="img"
      aria-label={describePhases(phases) || NETWORK_TEXT.noTiming}
      title={describePhases(phases)}
    >
      {ticks.map(({ place, label }) => (
        <i key={label} class="grid-line" style={{ left: `${place * 100}%` }} />
      ))}
      {phases.map(({ name, from, to }) => {
        const part = clip(scale, from, to);
        return (
          part && (
            <span
              key={name}
              class={`phase ${phaseClass(name)}`}
              style={{ left: `${part.left * 100}%`, width: `${part.width * 100}%` }}
            />
          )
        );
      })}
    </div>
  );
}

/** The labels of a waterfall's ticks, for the head of its column. */
export function TimeAxis({ ticks }: { ticks: readonly Tick[] }) {
  return (
    <div class="time-axis">
      {ticks.map(({ place, label }, at) => (
        // A label that does not fit in before the next line wraps out of sight.
        <span
          key={label}
          style={{ left: `${place * 100}%`, right: `${(1 - (ticks[at + 1]?.place ?? 1)) * 100}%` }}
        >
          <i />
          {label}
        </span>
      ))}
    </div>
  );
}

/** What the colours mean. */
export function PhaseLegend({ names }: { names: readonly string[] }) {
  return (
    <span class="legend">
      {names.map((name) => (
        <span key={name}>
          <i class={`swatch ${phaseClass(name)}`} />
          {name}
        </span>
      ))}
    </span>
  );
}
