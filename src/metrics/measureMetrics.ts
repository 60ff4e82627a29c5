import type { Line } from '../analysis/overview/line.ts';
import { overviewLines } from '../analysis/overview/overviewLines.ts';
import type { Session, Span } from '../session/model.ts';
import type { FamilySubject, MeasuredDefinition } from './family.ts';
import { COUNT, metricFamily, TIME } from './family.ts';

interface Measure {
  spans: readonly Span[];
  session: Session;
}

/** User Timing measures, by name. */
function measures(session: Session): FamilySubject<Measure>[] {
  const byName = new Map<string, Span[]>();
  for (const span of session.spans) {
    if (span.kind !== 'measure') continue;
    const spans = byName.get(span.name) ?? [];
    byName.set(span.name, spans);
    spans.push(span);
  }
  return [...byName].map(([name, spans]) => ({
    subject: { type: 'measure', name },
    source: { spans, session },
  }));
}

const time = ({ spans }: Measure): number => spans.reduce((sum, { duration }) => sum + duration, 0);

const MEASURE = { subject: 'measure', group: 'measures' } as const;

export const MEASURE_DURATION: MeasuredDefinition<Measure> = {
  id: 'measure/NAME/duration',
  label: 'NAME: total time',
  quantity: 'duration',
  ...MEASURE,
  ...TIME,
  value: time,
};

export const MEASURE_MEAN: MeasuredDefinition<Measure> = {
  id: 'measure/NAME/mean',
  label: 'NAME: mean time',
  quantity: 'mean',
  ...MEASURE,
  ...TIME,
  value: (measure) => time(measure) / measure.spans.length,
};

export const MEASURE_COUNT: MeasuredDefinition<Measure> = {
  id: 'measure/NAME/count',
  label: 'NAME: count',
  quantity: 'count',
  ...MEASURE,
  ...COUNT,
  value: ({ spans }) => spans.length,
};

/** The peak sum of linear memory (exact) and JS heap (last sample) while the measure ran. */
export const MEASURE_MEMORY: MeasuredDefinition<Measure> = {
  id: 'measure/NAME/memory',
  label: 'NAME: peak memory',
  quantity: 'memory',
  ...MEASURE,
  ...TIME,
  unit: 'bytes',
  depends: 'memory',
  compared: false,
  value: peakMemory,
};

export const measureFamily = metricFamily(measures, [
  MEASURE_DURATION,
  MEASURE_MEAN,
  MEASURE_COUNT,
  MEASURE_MEMORY,
]);

function peakMemory({ spans, session }: Measure): number {
  const { linearMemory, jsHeap } = overviewLines(session);
  const changes = [...linearMemory.time, ...jsHeap.time];
  const times = spans.flatMap(({ start, duration }) => [
    start,
    start + duration,
    ...changes.filter((change) => change > start && change < start + duration),
  ]);
  return Math.max(...times.map((each) => valueAt(linearMemory, each) + valueAt(jsHeap, each)));
}

/** The last value of a line up to a time; 0 before its first. */
function valueAt(line: Line, time: number): number {
  let value = 0;
  for (const [index, each] of line.time.entries()) {
    if (each > time) break;
    value = line.value[index] ?? value;
  }
  return value;
}
