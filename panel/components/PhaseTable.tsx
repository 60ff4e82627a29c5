import { formatDuration, formatTime } from '../../src/text/format.ts';
import { NETWORK_TEXT } from '../../src/text/panel/networkText.ts';
import { clip, scaleOfPhases } from './timeScale.ts';
import type { Phase } from './Waterfall.tsx';
import { phaseClass } from './Waterfall.tsx';

/** Phases on a time scale of their own, with the start and duration of each. */
export function PhaseTable({
  phases,
  label,
  last = '',
}: {
  phases: readonly Phase[];
  label: string;
  /** Name of a last phase that may be so long that it would squeeze the others. */
  last?: string;
}) {
  const scale = scaleOfPhases(phases, last);
  if (!scale) return <p class="dim">{NETWORK_TEXT.noTiming}</p>;
  return (
    <table class="phases">
      <caption class="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col" class="number">
            Start
          </th>
          <th scope="col" class="number">
            Duration
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {phases.map(({ name, from, to }) => {
          const part = clip(scale, from, to);
          return (
            <tr key={name}>
              <th scope="row">
                <i class={`swatch ${phaseClass(name)}`} />
                {name}
              </th>
              <td class="number dim">{formatTime(from)}</td>
              <td class="number">{formatDuration(to - from)}</td>
              <td class="track">
                {part && (
                  <span
                    class={`phase ${phaseClass(name)}`}
                    style={{ left: `${part.left * 100}%`, width: `${part.width * 100}%` }}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
