import { crossingTable } from '../analysis/crossingTable.ts';
import { duplicateRequests } from '../analysis/duplicateRequests.ts';
import type { LoadPhaseName } from '../analysis/loadPhases.ts';
import { loadPhases } from '../analysis/loadPhases.ts';
import { longTasks } from '../analysis/longTasks.ts';
import { memoryFigures } from '../analysis/memoryFigures.ts';
import { overviewLines } from '../analysis/overview/overviewLines.ts';
import { pageRequests } from '../analysis/pageRequests.ts';
import { readyAfter } from '../analysis/readyAfter.ts';
import { requestEnd } from '../analysis/requestEnd.ts';
import { topLevelTime } from '../analysis/topLevelTime.ts';
import { wasLoaded } from '../analysis/wasLoaded.ts';
import type { MetricFields } from '../metrics/metricsOf.ts';
import type { Unit } from '../metrics/unit.ts';
import type { Module, Session, Span } from '../session/model.ts';

/** What a budget is about. */
export interface Subject {
  /** As the configuration has it: `time in env.read`. */
  key: string;
  unit: Unit;
  /** Exact: the same in every run of the same page. Timed: differs from run to run. */
  kind: 'exact' | 'timed';
  /** Which part of a session's validity it depends on. */
  depends: MetricFields['depends'];
  /** Which way is worse. */
  worse: 'more' | 'less';
  /** The figure of one session; null where it is not in the recording. */
  of(session: Session): number | null;
}

interface Pattern {
  /** For the list of what is known; words in capitals stand for names. */
  words: string;
  unit: Unit;
  kind: Subject['kind'];
  /** Left out: the times of a timed one, the counts of an exact one. */
  depends?: Subject['depends'];
  worse?: Subject['worse'];
  /** Whether what stood in the places of the words in capitals makes sense; left out: anything does. */
  fits?(...names: string[]): boolean;
  /** @param names what stood in the places of the words in capitals */
  of(session: Session, ...names: string[]): number | null;
}

const PHASES: Record<string, LoadPhaseName> = {
  'request time': 'request',
  'download time': 'download',
  'compile time': 'compile',
  'instantiate time': 'instantiate',
  'time until first call': 'until first call',
};

/** In their order the first that fits counts. */
const PATTERNS: readonly Pattern[] = [
  {
    words: 'module size of MODULE',
    unit: 'bytes',
    kind: 'exact',
    of: (session, name) => largest(modulesOf(session, name), ({ bytes }) => bytes),
  },
  {
    words: 'module size',
    unit: 'bytes',
    kind: 'exact',
    of: ({ modules }) => largest(modules, ({ bytes }) => bytes),
  },
  {
    words: 'total module size',
    unit: 'bytes',
    kind: 'exact',
    of: ({ modules }) => sum(modules.filter(({ same }) => same === null).map(({ bytes }) => bytes)),
  },
  {
    words: 'load time of MODULE',
    unit: 'ms',
    kind: 'timed',
    of: (session, name) => largest(modulesOf(session, name), readyAfter),
  },
  {
    words: 'load time',
    unit: 'ms',
    kind: 'timed',
    of: ({ modules }) => largest(modules, readyAfter),
  },
  ...Object.entries(PHASES).flatMap(([words, phase]): Pattern[] => [
    {
      words: `${words} of MODULE`,
      unit: 'ms',
      kind: 'timed',
      of: (session, name) => largest(modulesOf(session, name), phaseLength(phase)),
    },
    { words, unit: 'ms', kind: 'timed', of: ({ modules }) => largest(modules, phaseLength(phase)) },
  ]),
  {
    words: 'crossings',
    unit: 'count',
    kind: 'exact',
    of: (session) =>
      !session.modules.some(wasLoaded)
        ? null
        : (sum(crossingTable(session).map(({ calls }) => calls)) ?? 0),
  },
  {
    words: 'calls of FUNCTION',
    unit: 'count',
    kind: 'exact',
    of: (session, name) => ofFunctions(session, name, ({ calls }) => calls),
  },
  {
    words: 'self time of FUNCTION',
    unit: 'ms',
    kind: 'timed',
    of: (session, name) => ofFunctions(session, name, ({ self }) => self.value),
  },
  {
    words: 'time in wasm',
    unit: 'ms',
    kind: 'timed',
    of: (session) =>
      !session.modules.some(wasLoaded)
        ? null
        : session.intervals.reduce((time, interval) => time + topLevelTime(session, interval), 0),
  },
  {
    words: 'time in FUNCTION',
    unit: 'ms',
    kind: 'timed',
    of: (session, name) => ofFunctions(session, name, ({ total }) => total.value),
  },
  {
    words: 'speed-up of MEASURE over MEASURE',
    unit: 'factor',
    kind: 'timed',
    worse: 'less',
    of: (session, quick, slow) => ratio(meanMeasure(session, slow), meanMeasure(session, quick)),
  },
  {
    words: 'memory of MEASURE over MEASURE',
    unit: 'factor',
    kind: 'timed',
    depends: 'memory',
    of: (session, one, other) => ratio(memoryWithin(session, one), memoryWithin(session, other)),
  },
  {
    words: 'memory in MEASURE',
    unit: 'bytes',
    kind: 'timed',
    depends: 'memory',
    of: (session, name) => memoryWithin(session, name),
  },
  {
    words: 'measure MEASURE',
    unit: 'ms',
    kind: 'timed',
    of: (session, name) => meanMeasure(session, name),
  },
  {
    words: 'memory peak',
    unit: 'bytes',
    kind: 'exact',
    depends: 'memory',
    of: (session) => sum(memoryFigures(session).map(({ bytes }) => bytes)),
  },
  {
    words: 'memory growth',
    unit: 'bytes',
    kind: 'exact',
    depends: 'memory',
    of: (session) => sum(memoryFigures(session).map(({ grownBytes }) => grownBytes)),
  },
  {
    words: 'JS heap peak',
    unit: 'bytes',
    kind: 'timed',
    depends: 'memory',
    of: (session) => most(overviewLines(session).jsHeap.value),
  },
  {
    words: 'requests',
    unit: 'count',
    kind: 'exact',
    of: (session) => pageRequests(session).length,
  },
  {
    words: 'repeated requests',
    unit: 'count',
    kind: 'exact',
    of: (session) =>
      sum(duplicateRequests(session).map(({ requests }) => requests.length - 1)) ?? 0,
  },
  {
    words: 'transferred',
    unit: 'bytes',
    kind: 'exact',
    depends: 'transfer',
    of: (session) => sum(pageRequests(session).map(({ transferSize }) => transferSize)),
  },
  {
    words: 'latency pNUMBER',
    unit: 'ms',
    kind: 'timed',
    fits: (percent) => Number(percent) > 0 && Number(percent) <= 100,
    of: (session, percent) => latency(session, Number(percent)),
  },
  ...(['FCP', 'LCP', 'INP', 'TTFB', 'CLS'] as const).map(
    (name): Pattern => ({
      words: `vital ${name}`,
      unit: name === 'CLS' ? 'score' : 'ms',
      kind: 'timed',
      of: (session) => vital(session, name),
    }),
  ),
  { words: 'long tasks', unit: 'count', kind: 'timed', of: (session) => longTasks(session).length },
  {
    words: 'blocking time',
    unit: 'ms',
    kind: 'timed',
    of: (session) => sum(longTasks(session).map(({ value }) => value)) ?? 0,
  },
];

/** What budgets can be about, for messages and docs. */
export const SUBJECTS: readonly string[] = PATTERNS.map(({ words }) => words);

/** The subject that a key names; null for none. */
export function subjectOf(key: string): Subject | null {
  for (const {
    words,
    unit,
    kind,
    depends = kind === 'timed' ? 'times' : 'counts',
    worse = 'more',
    fits,
    of,
  } of PATTERNS) {
    const shape = words.replace(/[A-Z]{4,}/g, (name) =>
      name === 'NUMBER' ? '(\\d+(?:\\.\\d+)?)' : '(.+)',
    );
    const match = new RegExp(`^${words.startsWith('vital') ? words : shape}$`).exec(key);
    const names = match?.slice(1);
    if (names && (!fits || fits(...names)))
      return { key, unit, kind, depends, worse, of: (session) => of(session, ...names) };
  }
  return null;
}

const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);
const sum = (values: readonly (number | null)[]): number | null =>
  present(values).length === 0 ? null : present(values).reduce((a, b) => a + b, 0);
const most = (values: readonly (number | null)[]): number | null =>
  present(values).length === 0 ? null : Math.max(...present(values));
const largest = <Row>(rows: readonly Row[], of: (row: Row) => number | null): number | null =>
  most(rows.map(of));
const ratio = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under <= 0 ? null : over / under;

/** A name with `*` for anything. */
const matcher = (name = ''): RegExp =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

const modulesOf = ({ modules }: Session, name?: string): Module[] =>
  modules.filter((module) => matcher(name).test(module.name));

const phaseLength =
  (wanted: LoadPhaseName) =>
  (module: Module): number | null => {
    const phase = loadPhases(module).find(({ name }) => name === wanted);
    return phase ? phase.to - phase.from : null;
  };

function ofFunctions(
  session: Session,
  name: string | undefined,
  of: (row: ReturnType<typeof crossingTable>[number]) => number,
): number | null {
  const wanted = matcher(name);
  return sum(
    crossingTable(session)
      .filter((row) => wanted.test(session.functions[row.function]?.name ?? ''))
      .map(of),
  );
}

const measures = ({ spans }: Session, name?: string): Span[] =>
  spans.filter((span) => span.kind === 'measure' && matcher(name).test(span.name));

function meanMeasure(session: Session, name?: string): number | null {
  const found = measures(session, name);
  const time = sum(found.map(({ duration }) => duration));
  return time === null ? null : time / found.length;
}

/** Linear memory, exact, and JS heap, as last sampled, at their most together while the measure ran. */
function memoryWithin(session: Session, name?: string): number | null {
  const { linearMemory, jsHeap } = overviewLines(session);
  const within = measures(session, name);
  if (within.length === 0) return null;
  const at = (line: typeof jsHeap, time: number): number => {
    let value = 0;
    for (let point = 0; point < line.time.length && (line.time[point] as number) <= time; point++)
      value = line.value[point] ?? value;
    return value;
  };
  const times = within.flatMap(({ start, duration }) => [
    start,
    start + duration,
    ...[...linearMemory.time, ...jsHeap.time].filter(
      (time) => time > start && time < start + duration,
    ),
  ]);
  return Math.max(...times.map((time) => at(linearMemory, time) + at(jsHeap, time)));
}

/** The nearest-rank percentile of the requests' durations. */
function latency(session: Session, percent: number): number | null {
  const times = pageRequests(session)
    .map((request) => {
      const end = requestEnd(request);
      return end === null ? null : end - request.startTime;
    })
    .filter((time) => time !== null)
    .sort((a, b) => a - b);
  return (
    times[Math.min(Math.max(Math.ceil((percent / 100) * times.length) - 1, 0), times.length - 1)] ??
    null
  );
}

/** The last value of a vital is the one that holds. */
const vital = ({ spans }: Session, name: string): number | null =>
  spans.findLast((span) => span.kind === 'vital' && span.name === name)?.value ?? null;
