import type { SeriesName } from '../../protocol/rows.ts';
import type { Session } from '../../session/model.ts';
import type { Line } from './line.ts';

/**
 * One series as a line. With several realms it is the largest of their latest values at each time:
 * frames of one site share a heap and a thread, so that a sum would count them twice.
 */
export function seriesLine(session: Session, name: SeriesName): Line {
  const line: Line = { time: [], value: [] };
  const points = session.series
    .filter((series) => series.name === name)
    .flatMap(({ time: at, value }, source) =>
      at.map((time, index) => ({
        source,
        time,
        value: value[index] ?? 0,
        isLast: index === at.length - 1,
      })),
    )
    .sort((a, b) => a.time - b.time);
  /** The latest value of each series that has not ended. */
  const latest = new Map<number, number>();
  for (const { source, time, value, isLast } of points) {
    latest.set(source, value);
    if (line.time.at(-1) === time) line.value.pop();
    else line.time.push(time);
    line.value.push(Math.max(...latest.values()));
    if (isLast) latest.delete(source);
  }
  return line;
}
