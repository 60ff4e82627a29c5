import type { Session } from '../session/model.ts';
import { crossingMetrics } from './metrics/crossingMetrics.ts';
import { memoryMetrics } from './metrics/memoryMetrics.ts';
import type { Metric } from './metrics/metric.ts';
import { moduleMetrics } from './metrics/moduleMetrics.ts';
import { networkMetrics } from './metrics/networkMetrics.ts';
import { pageMetrics } from './metrics/pageMetrics.ts';

export type { Metric, MetricFields, MetricGroup, MetricUnit } from './metrics/metric.ts';

/**
 * Every figure of one session as a flat list, each id once. What a session does not know is left
 * out; a boundary function that was never called has no metrics.
 */
export function metricsOf(session: Session): Metric[] {
  return [
    ...moduleMetrics(session),
    ...crossingMetrics(session),
    ...memoryMetrics(session),
    ...networkMetrics(session),
    ...pageMetrics(session),
  ];
}
