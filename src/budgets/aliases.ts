import {
  ALL_CALLS,
  FUNCTION_CALLS,
  FUNCTION_SELF,
  FUNCTION_TOTAL,
  TIME_IN_WASM,
} from '../metrics/crossingMetrics.ts';
import {
  MEASURE_COUNT,
  MEASURE_DURATION,
  MEASURE_MEAN,
  MEASURE_MEMORY,
} from '../metrics/measureMetrics.ts';
import { ALL_MEMORY_GROWTH, ALL_MEMORY_PEAK, JS_HEAP_PEAK } from '../metrics/memoryMetrics.ts';
import type { Metric, MetricDefinition } from '../metrics/metricsOf.ts';
import { metricsBy } from '../metrics/metricsOf.ts';
import {
  ALL_MODULE_BYTES,
  MODULE_BYTES,
  SLOWEST_PHASES,
  SLOWEST_READY,
} from '../metrics/moduleMetrics.ts';
import {
  LATENCY_PERCENTILE,
  latencyPercentile,
  REPEATED_REQUESTS,
  REQUEST_COUNT,
  TRANSFERRED,
} from '../metrics/networkMetrics.ts';
import { BLOCKING_TIME, LAYOUT_SHIFT, LONG_TASKS, VITAL_TIME } from '../metrics/pageMetrics.ts';
import type { Session } from '../session/model.ts';
import { namePattern } from './namePattern.ts';

type Fields = Pick<MetricDefinition, 'unit' | 'kind' | 'depends' | 'better'>;

/** What people call a metric, or several metrics together, in a configuration file. */
export interface Alias {
  /** Words in capitals stand for names, in which `*` stands for anything. */
  words: string;
  fields: Fields;
  /**
   * Whether what stands in the places of the words in capitals makes sense; missing: anything does.
   */
  accepts?(...names: string[]): boolean;
  /** @param names what stands in the places of the words in capitals */
  figure(session: Session, ...names: string[]): number | null;
}

/** The metrics of a definition whose subject's name fits. */
function selected(session: Session, definition: MetricDefinition, name = '*'): Metric[] {
  const pattern = namePattern(name);
  return metricsBy(session, definition).filter(({ subject }) =>
    namesOf(subject).some((each) => pattern.test(each)),
  );
}

function namesOf(subject: Metric['subject']): string[] {
  const full = 'fullName' in subject && subject.fullName !== undefined ? [subject.fullName] : [];
  switch (subject.type) {
    case 'module':
      return [subject.module, ...full];
    case 'function':
      return [subject.name, ...full];
    case 'measure':
    case 'vital':
      return [subject.name];
    default:
      return [''];
  }
}

const sumOf = (metrics: readonly Metric[]): number | null =>
  metrics.length === 0 ? null : metrics.reduce((sum, { value }) => sum + value, 0);

const largestOf = (metrics: readonly Metric[]): number | null =>
  metrics.length === 0 ? null : Math.max(...metrics.map(({ value }) => value));

const largest = (words: string, definition: MetricDefinition): Alias => ({
  words,
  fields: definition,
  figure: (session, name) => largestOf(selected(session, definition, name)),
});

/** The largest of the modules that are named, or of all. */
const largestModule = (words: string, definition: MetricDefinition): Alias[] => [
  largest(`${words} of MODULE`, definition),
  largest(words, definition),
];

const total = (words: string, definition: MetricDefinition): Alias => ({
  words,
  fields: definition,
  figure: (session, name) => sumOf(selected(session, definition, name)),
});

/** The one metric of a definition, whose subject has this name. */
const only = (words: string, definition: MetricDefinition, name = '*'): Alias => ({
  words,
  fields: definition,
  figure: (session) => selected(session, definition, name)[0]?.value ?? null,
});

const ratio = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under <= 0 ? null : over / under;

/** The mean duration of all measures that are named. */
function meanDuration(session: Session, name?: string): number | null {
  const time = sumOf(selected(session, MEASURE_DURATION, name));
  return ratio(time, sumOf(selected(session, MEASURE_COUNT, name)));
}

const peakMemory = (session: Session, name?: string): number | null =>
  largestOf(selected(session, MEASURE_MEMORY, name));

const PHASE_WORDS = [
  'request time',
  'download time',
  'compile time',
  'instantiate time',
  'time until first call',
];

/** The first that fits counts. */
export const ALIASES: readonly Alias[] = [
  ...largestModule('module size', MODULE_BYTES),
  only('total module size', ALL_MODULE_BYTES),
  ...largestModule('load time', SLOWEST_READY),
  ...SLOWEST_PHASES.flatMap((definition, index) =>
    largestModule(PHASE_WORDS[index] ?? definition.quantity, definition),
  ),
  only('crossings', ALL_CALLS),
  total('calls of FUNCTION', FUNCTION_CALLS),
  total('self time of FUNCTION', FUNCTION_SELF),
  only('time in wasm', TIME_IN_WASM),
  total('time in FUNCTION', FUNCTION_TOTAL),
  {
    words: 'speed-up of MEASURE over MEASURE',
    fields: { ...MEASURE_MEAN, unit: 'factor', better: 'higher' },
    figure: (session, quick, slow) =>
      ratio(meanDuration(session, slow), meanDuration(session, quick)),
  },
  {
    words: 'memory of MEASURE over MEASURE',
    fields: { ...MEASURE_MEMORY, unit: 'factor' },
    figure: (session, one, other) => ratio(peakMemory(session, one), peakMemory(session, other)),
  },
  { words: 'memory in MEASURE', fields: MEASURE_MEMORY, figure: peakMemory },
  { words: 'measure MEASURE', fields: MEASURE_MEAN, figure: meanDuration },
  only('memory peak', ALL_MEMORY_PEAK),
  only('memory growth', ALL_MEMORY_GROWTH),
  only('JS heap peak', JS_HEAP_PEAK),
  only('requests', REQUEST_COUNT),
  only('repeated requests', REPEATED_REQUESTS),
  only('transferred', TRANSFERRED),
  {
    words: 'latency pNUMBER',
    fields: LATENCY_PERCENTILE,
    accepts: (percent) => Number(percent) > 0 && Number(percent) <= 100,
    figure: (session, percent) => latencyPercentile(session, Number(percent)),
  },
  ...['FCP', 'LCP', 'INP', 'TTFB'].map((name) => only(`vital ${name}`, VITAL_TIME, name)),
  only('vital CLS', LAYOUT_SHIFT),
  only('long tasks', LONG_TASKS),
  only('blocking time', BLOCKING_TIME),
];
