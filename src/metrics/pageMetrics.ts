import { longTasks } from '../analysis/longTasks.ts';
import type { SeriesName } from '../protocol/rows.ts';
import type { Session, Span } from '../session/model.ts';
import { quantile } from '../statistics/quantile.ts';
import type { Metric, MetricGroup } from './metric.ts';
import type { Unit } from './unit.ts';

/** User Timing measures, web vitals, long tasks and how smoothly the page ran. */
export function pageMetrics(session: Session): Metric[] {
  return [...measures(session), ...vitals(session), ...smoothness(session)];
}

function metric(
  group: MetricGroup,
  id: string,
  label: string,
  unit: Unit,
  value: number,
  kind: Metric['kind'] = unit === 'count' ? 'exact' : 'timed',
): Metric {
  const depends = unit === 'count' ? 'counts' : 'times';
  return { id, label, unit, group, kind, depends, better: 'lower', value };
}

function measures({ spans }: Session): Metric[] {
  const byName = new Map<string, Span[]>();
  for (const span of spans) {
    if (span.kind === 'measure') byName.set(span.name, [...(byName.get(span.name) ?? []), span]);
  }
  return [...byName].flatMap(([name, all]) => {
    const sum = all.reduce((total, { duration }) => total + duration, 0);
    const id = `measure/${name}`;
    return [
      metric('measures', `${id}/duration`, `${name}: time together`, 'ms', sum),
      metric('measures', `${id}/mean`, `${name}: mean time`, 'ms', sum / all.length),
      metric('measures', `${id}/count`, `${name}: how often`, 'count', all.length),
    ];
  });
}

/** Each vital's last report: it is brought up to date while the page is used. */
function vitals({ spans }: Session): Metric[] {
  const last = new Map<string, number>();
  for (const { kind, name, value } of spans) {
    if (kind === 'vital' && value !== null) last.set(name, value);
  }
  return [...last].map(([name, value]) => ({
    ...metric('vitals', `vital/${name}`, name, name === 'CLS' ? 'score' : 'ms', value),
    missing: 'unknown',
  }));
}

function smoothness(session: Session): Metric[] {
  const tasks = longTasks(session);
  const time = tasks.reduce((sum, { duration }) => sum + duration, 0);
  const metrics: Metric[] = [
    {
      ...metric('page', 'page/longTasks/count', 'Long tasks', 'count', tasks.length, 'timed'),
      depends: 'times',
    },
    metric('page', 'page/longTasks/duration', 'Long tasks: time together', 'ms', time),
  ];
  const values = (of: SeriesName): number[] =>
    session.series.filter(({ name }) => name === of).flatMap(({ value }) => value);
  const delays = values('eventLoopDelay');
  if (delays.length > 0) {
    const delay = quantile(delays, 0.95);
    metrics.push({
      ...metric(
        'page',
        'page/eventLoopDelay/p95',
        'Event-loop delay, 95th percentile',
        'ms',
        delay,
      ),
      missing: 'unknown',
    });
  }
  const frames = values('framesPerSecond');
  if (frames.length > 0) {
    metrics.push({
      ...metric(
        'page',
        'page/framesPerSecond/p50',
        'Frames a second, median',
        'per second',
        quantile(frames, 0.5),
      ),
      better: 'higher',
      missing: 'unknown',
    });
  }
  return metrics;
}
