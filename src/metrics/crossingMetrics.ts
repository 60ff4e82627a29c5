import { crossingTable } from '../analysis/crossingTable.ts';
import { topLevelTime } from '../analysis/topLevelTime.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import { wasLoaded } from '../analysis/wasLoaded.ts';
import type { Session } from '../session/model.ts';
import type { FamilySubject, MeasuredDefinition } from './family.ts';
import { COUNT, metricFamily, TIME } from './family.ts';
import type { MetricSubject } from './metric.ts';
import { namesOfModules } from './modulesByName.ts';
import { stableFunctionNames } from './stableName.ts';

interface Sum {
  /** ms */
  value: number;
  /** Variance of the estimate, ms². */
  variance: number;
}

/** A boundary function in all realms of a session. */
interface FunctionFigures {
  calls: number;
  self: Sum;
  total: Sum;
}

/** Boundary functions; those that were never called are not compared. */
function functions(session: Session): FamilySubject<FunctionFigures>[] {
  const names = namesOfModules(session);
  const stable = session.modules.map((_, index) =>
    stableFunctionNames(
      session.functions.filter(({ module }) => module === index).map(({ name }) => name),
    ),
  );
  const figures = new Map<string, FamilySubject<FunctionFigures>>();
  for (const row of crossingTable(session)) {
    const fn = session.functions[row.function];
    if (!fn) continue;
    const owner = session.modules[fn.module];
    const module = (owner && names.get(owner)) ?? 'unknown module';
    const name = stable[fn.module]?.get(fn.name) ?? fn.name;
    const key = `${module}/${name}`;
    const entry = figures.get(key) ?? {
      subject: functionSubject(module, name, fn.name),
      source: none(),
    };
    figures.set(key, entry);
    const { source } = entry;
    source.calls += row.calls;
    add(source.self, row.self);
    add(source.total, row.total);
  }
  return [...figures.values()].map((entry) => ({ ...entry, compared: entry.source.calls > 0 }));
}

const functionSubject = (module: string, name: string, fullName: string): MetricSubject => ({
  type: 'function',
  module,
  name,
  ...(fullName === name ? {} : { fullName }),
});

const none = (): FunctionFigures => ({
  calls: 0,
  self: { value: 0, variance: 0 },
  total: { value: 0, variance: 0 },
});

function add(sum: Sum, { value, error }: { value: number; error: number }): void {
  sum.value += value;
  sum.variance += error ** 2;
}

const FUNCTION = { subject: 'function', group: 'crossings' } as const;
const NS_PER_MS = 1e6;

export const FUNCTION_CALLS: MeasuredDefinition<FunctionFigures> = {
  id: 'crossings/MODULE/NAME/calls',
  label: 'MODULE · NAME: calls',
  quantity: 'calls',
  ...FUNCTION,
  ...COUNT,
  value: ({ calls }) => calls,
};

export const FUNCTION_SELF: MeasuredDefinition<FunctionFigures> = {
  id: 'crossings/MODULE/NAME/self',
  label: 'MODULE · NAME: self time',
  quantity: 'self time',
  ...FUNCTION,
  ...TIME,
  value: ({ self }) => self,
};

export const FUNCTION_TOTAL: MeasuredDefinition<FunctionFigures> = {
  id: 'crossings/MODULE/NAME/total',
  label: 'MODULE · NAME: total time',
  quantity: 'total time',
  ...FUNCTION,
  ...TIME,
  value: ({ total }) => total,
};

export const FUNCTION_SELF_PER_CALL: MeasuredDefinition<FunctionFigures> = {
  id: 'crossings/MODULE/NAME/perCall',
  label: 'MODULE · NAME: self time per call',
  quantity: 'self time per call',
  ...FUNCTION,
  ...TIME,
  unit: 'ns',
  value({ calls, self }) {
    if (calls === 0) return null;
    const perCall = NS_PER_MS / calls;
    return { value: self.value * perCall, variance: self.variance * perCall ** 2 };
  },
};

export const functionFamily = metricFamily(functions, [
  FUNCTION_CALLS,
  FUNCTION_SELF,
  FUNCTION_TOTAL,
  FUNCTION_SELF_PER_CALL,
]);

const CROSSINGS = { subject: 'crossings', group: 'crossings' } as const;

export const ALL_CALLS: MeasuredDefinition<Session> = {
  id: 'crossings/all/calls',
  label: 'All crossings: calls',
  quantity: 'calls',
  ...CROSSINGS,
  ...COUNT,
  value: (session) => crossingTable(session).reduce((sum, { calls }) => sum + calls, 0),
};

export const ALL_TIME: MeasuredDefinition<Session> = {
  id: 'crossings/all/time',
  label: 'All crossings: time in top-level calls',
  quantity: 'time',
  ...CROSSINGS,
  ...TIME,
  value: timeFromOutside,
};

/** The same time estimated interval by interval, as in the overview. */
export const TIME_IN_WASM: MeasuredDefinition<Session> = {
  id: 'crossings/all/timeByInterval',
  label: 'All crossings: time in wasm',
  quantity: 'time by interval',
  ...CROSSINGS,
  ...TIME,
  compared: false,
  value: (session) =>
    session.intervals.reduce((time, interval) => time + topLevelTime(session, interval), 0),
};

export const crossingsFamily = metricFamily(
  (session) =>
    session.functions.length > 0 || session.modules.some(wasLoaded)
      ? [
          {
            subject: { type: 'crossings' },
            source: session,
            compared: session.functions.length > 0,
          },
        ]
      : [],
  [ALL_CALLS, ALL_TIME, TIME_IN_WASM],
);

/**
 * Time within calls from outside any crossing, over all realms: a root's total is its children's.
 */
function timeFromOutside(session: Session): Sum {
  const { nodes } = session;
  const figures = treeFigures(session);
  const sum = { value: 0, variance: 0 };
  for (let node = 0; node < nodes.length; node++) {
    if ((nodes.parent[node] ?? -1) >= 0) continue;
    sum.value += figures.total[node] ?? 0;
    sum.variance += figures.totalVariance[node] ?? 0;
  }
  return sum;
}
