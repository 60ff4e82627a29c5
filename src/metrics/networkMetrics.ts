import { connectionUse } from '../analysis/connectionUse.ts';
import { duplicateRequests } from '../analysis/duplicateRequests.ts';
import { failedRequests } from '../analysis/failedRequests.ts';
import { pageRequests } from '../analysis/pageRequests.ts';
import { requestEnd } from '../analysis/requestEnd.ts';
import type { Request, Session } from '../session/model.ts';
import { quantile } from '../statistics/quantile.ts';
import type { Metric } from './metric.ts';
import type { Unit } from './unit.ts';

/**
 * Whether the browser had not told of a request's size when the recording ended: in the next run it may have, so
 * that the sum of all sizes would differ between equal runs. Of `blob:` and the like it never tells.
 */
const isUnderWay = ({ url, transferSize, responseEnd, error }: Request): boolean =>
  transferSize === null && responseEnd === null && error === null && /^https?:/.test(url);

/** Counts, bytes and latency of all requests. */
export function networkMetrics(session: Session): Metric[] {
  const requests = pageRequests(session);
  const metric = (id: string, label: string, unit: Unit, value: number): Metric => ({
    id: `requests/${id}`,
    label,
    unit,
    group: 'network',
    kind: unit === 'ms' ? 'timed' : 'exact',
    depends: unit === 'ms' ? 'times' : 'counts',
    better: 'lower',
    value,
  });
  const repeated = duplicateRequests(session).reduce(
    (sum, each) => sum + each.requests.length - 1,
    0,
  );
  const metrics: Metric[] = [
    metric('count', 'Requests', 'count', requests.length),
    metric('failed', 'Requests that failed', 'count', failedRequests(session).length),
    metric('repeated', 'Requests made again', 'count', repeated),
    // The browser opens some before they are needed, as it sees fit.
    {
      ...metric('connections', 'Connections opened', 'count', connectionUse(session).opened),
      kind: 'timed',
    },
  ];
  if (!requests.some(isUnderWay)) {
    const bytes = requests.reduce((sum, { transferSize }) => sum + (transferSize ?? 0), 0);
    metrics.push({
      ...metric('bytes', 'Bytes over the network', 'bytes', bytes),
      depends: 'transfer',
      missing: 'unknown',
    });
  }
  const latencies = requests.flatMap((request) => {
    const end = requestEnd(request);
    return end === null ? [] : [Math.max(end - request.startTime, 0)];
  });
  if (latencies.length > 0) {
    metrics.push(
      metric('latency/p50', 'Request latency, median', 'ms', quantile(latencies, 0.5)),
      metric('latency/p95', 'Request latency, 95th percentile', 'ms', quantile(latencies, 0.95)),
    );
  }
  return metrics;
}
