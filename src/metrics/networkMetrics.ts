import { connectionUse } from '../analysis/connectionUse.ts';
import { duplicateRequests } from '../analysis/duplicateRequests.ts';
import { failedRequests } from '../analysis/failedRequests.ts';
import { pageRequests } from '../analysis/pageRequests.ts';
import { requestEnd } from '../analysis/requestEnd.ts';
import type { Request, Session } from '../session/model.ts';
import { present } from '../statistics/present.ts';
import { quantile } from '../statistics/quantile.ts';
import type { MeasuredDefinition } from './family.ts';
import { BYTES, COUNT, metricFamily, TIME } from './family.ts';
import type { MetricDefinition } from './metric.ts';

/**
 * Whether the size of a request was still missing when the recording ended. In the next run it may
 * be there, so the sum of all sizes would differ between equal runs. Browsers never report the size
 * of `blob:` URLs and the like.
 */
const isUnderWay = ({ url, transferSize, responseEnd, error }: Request): boolean =>
  transferSize === null && responseEnd === null && error === null && /^https?:/.test(url);

const REQUESTS = { subject: 'requests', group: 'network' } as const;

export const REQUEST_COUNT: MeasuredDefinition<Session> = {
  id: 'requests/count',
  label: 'Requests',
  quantity: 'count',
  ...REQUESTS,
  ...COUNT,
  value: (session) => pageRequests(session).length,
};

export const REPEATED_REQUESTS: MeasuredDefinition<Session> = {
  id: 'requests/repeated',
  label: 'Repeated requests',
  quantity: 'repeated',
  ...REQUESTS,
  ...COUNT,
  value: (session) =>
    duplicateRequests(session).reduce((sum, { requests }) => sum + requests.length - 1, 0),
};

/** Also counts unfinished responses, so equal runs may differ. */
export const TRANSFERRED: MeasuredDefinition<Session> = {
  id: 'requests/transferred',
  label: 'Bytes over the network, as far as reported',
  quantity: 'bytes reported',
  ...REQUESTS,
  ...BYTES,
  depends: 'transfer',
  compared: false,
  value(session) {
    const sizes = present(pageRequests(session).map(({ transferSize }) => transferSize));
    return sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
  },
};

const latencyQuantile = (session: Session, share: number): number | null => {
  const values = latencies(session);
  return values.length > 0 ? quantile(values, share) : null;
};

export const requestsFamily = metricFamily(
  (session) => [{ subject: { type: 'requests' }, source: session }],
  [
    REQUEST_COUNT,
    {
      id: 'requests/failed',
      label: 'Failed requests',
      quantity: 'failed',
      ...REQUESTS,
      ...COUNT,
      value: (session) => failedRequests(session).length,
    },
    REPEATED_REQUESTS,
    {
      id: 'requests/connections',
      label: 'Connections opened',
      quantity: 'connections',
      ...REQUESTS,
      ...COUNT,
      // The browser opens some before they are needed.
      kind: 'timed',
      value: (session) => connectionUse(session).opened,
    },
    {
      id: 'requests/bytes',
      label: 'Bytes over the network',
      quantity: 'bytes',
      ...REQUESTS,
      ...BYTES,
      depends: 'transfer',
      missing: 'unknown',
      value(session) {
        const requests = pageRequests(session);
        if (requests.some(isUnderWay)) return null;
        return requests.reduce((sum, { transferSize }) => sum + (transferSize ?? 0), 0);
      },
    },
    {
      id: 'requests/latency/p50',
      label: 'Request latency, median',
      quantity: 'latency p50',
      ...REQUESTS,
      ...TIME,
      value: (session) => latencyQuantile(session, 0.5),
    },
    {
      id: 'requests/latency/p95',
      label: 'Request latency, 95th percentile',
      quantity: 'latency p95',
      ...REQUESTS,
      ...TIME,
      value: (session) => latencyQuantile(session, 0.95),
    },
    TRANSFERRED,
  ],
);

/** ms, of the requests that ended. */
const latencies = (session: Session): number[] =>
  pageRequests(session).flatMap((request) => {
    const end = requestEnd(request);
    return end === null ? [] : [Math.max(end - request.startTime, 0)];
  });

/** A percentile of request latencies by nearest rank, for budgets. */
export const LATENCY_PERCENTILE: MetricDefinition = {
  id: 'requests/latency/nearest/pNUMBER',
  label: 'Request latency, percentile NUMBER, nearest rank',
  quantity: 'latency percentile',
  ...REQUESTS,
  ...TIME,
  compared: false,
};

/**
 * The percentile by nearest rank, ms; null where no request ended. @param percent above 0, up to
 * 100
 */
export function latencyPercentile(session: Session, percent: number): number | null {
  const values = latencies(session).sort((a, b) => a - b);
  const rank = Math.ceil((percent / 100) * values.length);
  return values[Math.max(rank, 1) - 1] ?? null;
}
