import { crossingTable } from '../analysis/crossingTable.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import type { Session } from '../session/model.ts';
import type { Metric } from './metric.ts';
import { modulesByName } from './moduleMetrics.ts';
import { stableFunctionNames } from './stableName.ts';

/** A boundary function in all realms of a session. */
export interface FunctionFigures {
  /** `MODULE/FUNCTION`, the same in every recording. */
  key: string;
  /** `rapier.wasm · world_step` */
  label: string;
  calls: number;
  /** ms, with the variance of the estimate in ms². */
  self: number;
  selfVariance: number;
  total: number;
  totalVariance: number;
}

/** Boundary functions that were called. */
export function functionFigures(session: Session): FunctionFigures[] {
  const names = new Map<object, string>();
  for (const [name, modules] of modulesByName(session)) {
    for (const module of modules) names.set(module, name);
  }
  const figures = new Map<string, FunctionFigures>();
  const stable = session.modules.map((_, at) =>
    stableFunctionNames(
      session.functions.filter(({ module }) => module === at).map((fn) => fn.name),
    ),
  );
  for (const { function: at, calls, self, total } of crossingTable(session)) {
    const fn = session.functions[at];
    const module = fn && session.modules[fn.module];
    if (calls === 0 || !fn) continue;
    const name = (module && names.get(module)) ?? 'unknown module';
    const own = stable[fn.module]?.get(fn.name) ?? fn.name;
    const key = `${name}/${own}`;
    const sum = figures.get(key) ?? {
      key,
      label: `${name} · ${own}`,
      calls: 0,
      self: 0,
      selfVariance: 0,
      total: 0,
      totalVariance: 0,
    };
    sum.calls += calls;
    sum.self += self.value;
    sum.selfVariance += self.error ** 2;
    sum.total += total.value;
    sum.totalVariance += total.error ** 2;
    figures.set(key, sum);
  }
  return [...figures.values()];
}

/** Calls, self, total and self time a call of each boundary function that was called, and of all. */
export function crossingMetrics(session: Session): Metric[] {
  const functions = functionFigures(session);
  if (session.functions.length === 0) return [];
  const count = (id: string, label: string, value: number): Metric => ({
    id: `crossings/${id}/calls`,
    label: `${label}: calls`,
    unit: 'count',
    group: 'crossings',
    kind: 'exact',
    depends: 'counts',
    better: 'lower',
    value,
  });
  const time = (
    id: string,
    label: string,
    unit: 'ms' | 'ns',
    value: number,
    variance: number,
  ): Metric => ({
    id: `crossings/${id}`,
    label,
    unit,
    group: 'crossings',
    kind: 'timed',
    depends: 'times',
    better: 'lower',
    value,
    variance,
  });
  const whole = wholeTime(session);
  return [
    count(
      'all',
      'All crossings',
      functions.reduce((sum, { calls }) => sum + calls, 0),
    ),
    time(
      'all/time',
      'All crossings: time in calls from outside',
      'ms',
      whole.value,
      whole.variance,
    ),
    ...functions.flatMap((fn) => {
      const perCall = 1e6 / fn.calls;
      const { key, label } = fn;
      return [
        count(key, label, fn.calls),
        time(`${key}/self`, `${label}: self time`, 'ms', fn.self, fn.selfVariance),
        time(`${key}/total`, `${label}: total time`, 'ms', fn.total, fn.totalVariance),
        time(
          `${key}/perCall`,
          `${label}: self time a call`,
          'ns',
          fn.self * perCall,
          fn.selfVariance * perCall ** 2,
        ),
      ];
    }),
  ];
}

/** Time within calls from outside any crossing, over all realms, ms: a root's total is its children's. */
function wholeTime(session: Session): { value: number; variance: number } {
  const { nodes } = session;
  const figures = treeFigures(session);
  const sum = { value: 0, variance: 0 };
  for (let node = 0; node < nodes.length; node++) {
    if ((nodes.parent[node] as number) >= 0) continue;
    sum.value += figures.total[node] as number;
    sum.variance += figures.totalVariance[node] as number;
  }
  return sum;
}
