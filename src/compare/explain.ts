import { pageRequests } from '../analysis/pageRequests.ts';
import { requestEnd } from '../analysis/requestEnd.ts';
import type { Metric } from '../metrics/metricsOf.ts';
import { stableName } from '../metrics/stableName.ts';
import type { Session } from '../session/model.ts';
import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Shift } from '../statistics/shift.ts';
import { shiftOf } from '../statistics/shiftOf.ts';
import type { Column } from './column.ts';
import { columnsOf } from './column.ts';
import type { Design } from './design.ts';
import { LEAST_RUNS } from './design.ts';
import { fewRunsShift } from './fewRuns.ts';
import { logsOf } from './logScale.ts';
import type { Contribution, MetricComparison } from './model.ts';

/** So many of each kind are told. */
const MOST = 20;

/** A time that can contribute to a change, with how often it came about. */
interface Part {
  kind: Contribution['kind'];
  id: string;
  label: string;
  time: Column;
  count: Column | null;
}

/**
 * Which functions, modules, load phases and requests changed the times: by the difference in self time, length or
 * latency. A function or phase is told of where its own metric has changed; a module's or a URL's sum, which is no
 * metric, by its interval. First what surely changed most (the end of the interval that is nearer to 0).
 * @param columns of the metrics of both sides
 * @param metrics what the columns show
 */
export function explain(
  design: Design,
  columns: readonly Column[],
  metrics: readonly MetricComparison[],
  confidence: number,
): Contribution[] {
  const changed = new Set(metrics.filter(({ significant }) => significant).map(({ id }) => id));
  const at = (part: Part, level: number): Contribution => contributionOf(part, design, level);
  const ofMetrics = (parts: readonly Told[]): Told[] =>
    parts.filter(({ part }) => changed.has(part.time.fields.id));
  const ofSums = (parts: readonly Told[]): Told[] => surely(parts, at, confidence);
  const kinds = [
    { parts: functionParts(columns), select: ofMetrics },
    { parts: moduleParts(columns), select: ofSums },
    { parts: phaseParts(columns), select: ofMetrics },
    { parts: requestParts(design), select: ofSums },
  ];
  return kinds.flatMap(({ parts, select }) => {
    const all = parts.map((part): Told => ({ part, one: at(part, confidence) }));
    const sum = all.reduce((total, { one }) => total + Math.abs(one.difference), 0);
    return select(all)
      .map(({ one }) => ({ ...one, share: Math.abs(one.difference) / sum }))
      .sort((a, b) => sure(b) - sure(a) || Math.abs(b.difference) - Math.abs(a.difference))
      .slice(0, MOST);
  });
}

/** A part and what it contributed, at the asked confidence. */
interface Told {
  part: Part;
  one: Contribution;
}

/**
 * Those whose interval leaves out 0, at such a confidence that of all that are told no more than the asked share is
 * wrong (false discovery rate, by way of intervals: Benjamini and Yekutieli 2005).
 */
function surely(
  parts: readonly Told[],
  at: (part: Part, confidence: number) => Contribution,
  confidence: number,
): Told[] {
  let told = parts.filter(({ one }) => sure(one) > 0);
  for (;;) {
    const level = 1 - ((1 - confidence) * told.length) / parts.length;
    const left = told.filter(({ part }) => sure(at(part, level)) > 0);
    if (left.length === told.length) return told;
    told = left;
  }
}

/** What of a difference is certain, ms. */
function sure({ interval }: Contribution): number {
  if (!interval || interval[0] * interval[1] <= 0) return 0;
  return Math.min(Math.abs(interval[0]), Math.abs(interval[1]));
}

function functionParts(columns: readonly Column[]): Part[] {
  const byId = new Map(columns.map((column) => [column.fields.id, column]));
  return columns.flatMap((time) => {
    const key = /^crossings\/(.*)\/self$/.exec(time.fields.id)?.[1];
    if (key === undefined) return [];
    const count = byId.get(`crossings/${key}/calls`) ?? null;
    const label = time.fields.label.replace(/: self time$/, '');
    return [{ kind: 'function' as const, id: key, label, time, count }];
  });
}

/** Self times and calls of each module's functions together. */
function moduleParts(columns: readonly Column[]): Part[] {
  const modules = new Map<string, Part>();
  for (const { id, label, time, count } of functionParts(columns)) {
    const name = label.split(' · ')[0] ?? id;
    const known = modules.get(name);
    modules.set(name, {
      kind: 'module',
      id: name,
      label: name,
      time: known ? joined(known.time, time) : time,
      count: known?.count && count ? joined(known.count, count) : count,
    });
  }
  return [...modules.values()];
}

function joined(one: Column, other: Column): Column {
  const sums = (a: Column['baseline'], b: Column['baseline']): Column['baseline'] =>
    a.map((value, at) => {
      const more = b[at] ?? null;
      return value === null ? more : value + (more ?? 0);
    });
  const variances = (a: readonly number[], b: readonly number[]): number[] =>
    a.map((value, at) => value + (b[at] ?? 0));
  return {
    fields: one.fields,
    baseline: sums(one.baseline, other.baseline),
    candidate: sums(one.candidate, other.candidate),
    baselineVariance: variances(one.baselineVariance, other.baselineVariance),
    candidateVariance: variances(one.candidateVariance, other.candidateVariance),
    absentFrom: one.absentFrom === other.absentFrom ? one.absentFrom : null,
  };
}

function phaseParts(columns: readonly Column[]): Part[] {
  return columns
    .filter(({ fields }) => fields.group === 'load' && !fields.id.endsWith('/ready'))
    .map((time) => ({
      kind: 'phase',
      id: time.fields.id.slice('load/'.length),
      label: time.fields.label,
      time,
      count: null,
    }));
}

function requestParts({ baseline, candidate }: Design): Part[] {
  const columns = columnsOf(baseline, candidate, requestTimes);
  const byId = new Map(columns.map((column) => [column.fields.id, column]));
  return columns
    .filter(({ fields }) => fields.kind === 'timed')
    .map((time) => ({
      kind: 'request',
      id: time.fields.id,
      label: time.fields.label,
      time,
      count: byId.get(`${time.fields.id} count`) ?? null,
    }));
}

/**
 * Latency of all requests of one URL together, and how many they were. Of the page's own server by their path, as two
 * builds may be served on different ports.
 */
function requestTimes(session: Session): Metric[] {
  const sums = new Map<string, { time: number; count: number }>();
  const own = `${originOf(session.info.page)}/`;
  for (const request of pageRequests(session)) {
    const end = requestEnd(request);
    const url = stableName(
      request.url.startsWith(own) ? request.url.slice(own.length - 1) : request.url,
    );
    const sum = sums.get(url) ?? { time: 0, count: 0 };
    sum.count++;
    sum.time += end === null ? 0 : Math.max(end - request.startTime, 0);
    sums.set(url, sum);
  }
  const fields = { label: '', group: 'network', better: 'lower' } as const;
  return [...sums].flatMap(([url, { time, count }]): Metric[] => [
    { ...fields, id: url, label: url, unit: 'ms', kind: 'timed', depends: 'times', value: time },
    {
      ...fields,
      id: `${url} count`,
      unit: 'count',
      kind: 'exact',
      depends: 'counts',
      value: count,
    },
  ]);
}

/** `http://localhost:8080` of a URL; of what has none, such as a file, what no URL begins with. */
const originOf = (url: string): string => /^https?:\/\/[^/]+/.exec(url)?.[0] ?? 'no origin';

function contributionOf(part: Part, design: Design, confidence: number): Contribution {
  const time = {
    ...part.time,
    baseline: known(part.time.baseline),
    candidate: known(part.time.candidate),
  };
  const few = Math.min(time.baseline.length, time.candidate.length) < LEAST_RUNS;
  const shift = few
    ? fewRunsDifference(time, confidence)
    : shiftOf(time, design.paired, confidence);
  const count = part.count && {
    baseline: median(present(part.count.baseline)),
    candidate: median(present(part.count.candidate)),
  };
  const perCall = count && count.baseline > 0 ? median(present(time.baseline)) / count.baseline : 0;
  return {
    kind: part.kind,
    id: part.id,
    label: part.label,
    difference: shift?.estimate ?? 0,
    interval: shift && [shift.low, shift.high],
    share: 0,
    count,
    byCount: count && (count.candidate - count.baseline) * perCall,
  };
}

/** What no run of a side has took it no time; a run that does not know it says nothing. */
const known = (values: Column['baseline']): Column['baseline'] =>
  values.every((value) => value === null) ? values.map(() => 0) : values;

/** The ratio that few runs show (fewRuns.ts) as a difference, ms: of two times around their geometric mean. */
function fewRunsDifference(time: Column, confidence: number): Shift | null {
  const { baseline, candidate } = logsOf(time);
  const middle = Math.exp((mean(present(baseline)) + mean(present(candidate))) / 2);
  const shift = fewRunsShift(time, time, confidence);
  if (!shift) return null;
  const difference = (log: number): number => 2 * middle * Math.sinh(log / 2);
  return {
    estimate: difference(shift.estimate),
    low: difference(shift.low),
    high: difference(shift.high),
  };
}
