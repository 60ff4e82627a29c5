import type { Session } from '../session/model.ts';
import { crossingMetrics } from './crossingMetrics.ts';
import { memoryMetrics } from './memoryMetrics.ts';
import type { Metric } from './metric.ts';
import { moduleMetrics } from './moduleMetrics.ts';
import { networkMetrics } from './networkMetrics.ts';
import { pageMetrics } from './pageMetrics.ts';

export type { Metric, MetricFields, MetricGroup } from './metric.ts';

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
