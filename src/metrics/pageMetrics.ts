import { longTasks } from '../analysis/longTasks.ts';
import type { SeriesName } from '../protocol/rows.ts';
import type { Session, Span } from '../session/model.ts';
import { present } from '../statistics/present.ts';
import { quantile } from '../statistics/quantile.ts';
import type { FamilySubject, MeasuredDefinition } from './family.ts';
import { COUNT, metricFamily, TIME } from './family.ts';

/** The last report of each vital, because vitals are updated while the page is used. */
const vitals =
  (wanted: (name: string) => boolean) =>
  ({ spans }: Session): FamilySubject<number>[] => {
    const last = new Map<string, number>();
    for (const { kind, name, value } of spans) {
      if (kind === 'vital' && value !== null && wanted(name)) last.set(name, value);
    }
    return [...last].map(([name, value]) => ({ subject: { type: 'vital', name }, source: value }));
  };

const VITAL = { subject: 'vital', group: 'vitals', missing: 'unknown' } as const;

export const LAYOUT_SHIFT: MeasuredDefinition<number> = {
  id: 'vital/CLS',
  label: 'CLS',
  quantity: 'score',
  ...VITAL,
  ...TIME,
  unit: 'score',
  value: (score) => score,
};

export const VITAL_TIME: MeasuredDefinition<number> = {
  id: 'vital/NAME',
  label: 'NAME',
  quantity: 'time',
  ...VITAL,
  ...TIME,
  value: (time) => time,
};

export const layoutShiftFamily = metricFamily(
  vitals((name) => name === 'CLS'),
  [LAYOUT_SHIFT],
);
export const vitalFamily = metricFamily(
  vitals((name) => name !== 'CLS'),
  [VITAL_TIME],
);

interface Smoothness {
  tasks: readonly Span[];
  delays: readonly number[];
  frames: readonly number[];
}

function smoothness(session: Session): Smoothness {
  const values = (wanted: SeriesName): number[] =>
    session.series.filter(({ name }) => name === wanted).flatMap(({ value }) => value);
  return {
    tasks: longTasks(session),
    delays: values('eventLoopDelay'),
    frames: values('framesPerSecond'),
  };
}

const PAGE = { subject: 'page', group: 'page' } as const;

export const LONG_TASKS: MeasuredDefinition<Smoothness> = {
  id: 'page/longTasks/count',
  label: 'Long tasks',
  quantity: 'long tasks',
  ...PAGE,
  ...COUNT,
  kind: 'timed',
  depends: 'times',
  value: ({ tasks }) => tasks.length,
};

/** Time of long tasks beyond 50 ms each. */
export const BLOCKING_TIME: MeasuredDefinition<Smoothness> = {
  id: 'page/longTasks/blocking',
  label: 'Long tasks: blocking time',
  quantity: 'blocking time',
  ...PAGE,
  ...TIME,
  compared: false,
  value: ({ tasks }) => present(tasks.map(({ value }) => value)).reduce((sum, ms) => sum + ms, 0),
};

export const pageFamily = metricFamily(
  (session) => [{ subject: { type: 'page' }, source: smoothness(session) }],
  [
    LONG_TASKS,
    {
      id: 'page/longTasks/duration',
      label: 'Long tasks: total time',
      quantity: 'long task time',
      ...PAGE,
      ...TIME,
      value: ({ tasks }) => tasks.reduce((sum, { duration }) => sum + duration, 0),
    },
    {
      id: 'page/eventLoopDelay/p95',
      label: 'Event-loop delay, 95th percentile',
      quantity: 'event-loop delay p95',
      ...PAGE,
      ...TIME,
      missing: 'unknown',
      value: ({ delays }) => (delays.length > 0 ? quantile(delays, 0.95) : null),
    },
    {
      id: 'page/framesPerSecond/p50',
      label: 'Frames per second, median',
      quantity: 'frames per second p50',
      ...PAGE,
      ...TIME,
      unit: 'per second',
      better: 'higher',
      missing: 'unknown',
      value: ({ frames }) => (frames.length > 0 ? quantile(frames, 0.5) : null),
    },
    BLOCKING_TIME,
  ],
);
