import { connectionUse } from '../analysis/connectionUse.ts';
import type { CrossingRow } from '../analysis/crossingTable.ts';
import { crossingTable } from '../analysis/crossingTable.ts';
import { duplicateRequests } from '../analysis/duplicateRequests.ts';
import { failedRequests } from '../analysis/failedRequests.ts';
import { loadPhases } from '../analysis/loadPhases.ts';
import { memoryFigures } from '../analysis/memoryFigures.ts';
import { pageRequests } from '../analysis/pageRequests.ts';
import { validityOf } from '../analysis/validity.ts';
import type { BoundaryFunction, Memory, Module, Session } from '../session/model.ts';
import { halfWidth } from '../statistics/estimate.ts';
import { formatBound, formatCount, formatDuration, formatEstimate } from './format.ts';
import { functionLabel } from './functionLabel.ts';

/** `1 call`, `2 calls`. */
const many = (value: number, thing: string): string =>
  `${formatCount(value)} ${thing}${value === 1 ? '' : 's'}`;
/** How many of the functions with the most self time are told, and of the requests that failed. */
const BUSIEST = 5;
const FAILED = 3;

/** What a session says, in a few lines of text. */
export function summary(session: Session): string[] {
  const { info, duration, realms, modules } = session;
  const lines = [
    `${info.page || info.name}: ${(duration / 1000).toFixed(1)} s in ${many(realms.length, 'realm')}`,
    ...modules.flatMap((module, at) =>
      module.same === null
        ? [moduleLine(module, modules.filter(({ same }) => same === at).length)]
        : [],
    ),
    ...crossingLines(session),
    ...countedOnce(memoryFigures(session).map(memoryLine)),
    requestLine(session),
    ...failureLines(session),
  ];
  return [...lines, ...validityOf(session).warnings];
}

/** @param posted how many realms it was posted to */
function moduleLine(module: Module, posted: number): string {
  const size = module.bytes === null ? 'size unknown' : `${formatCount(module.bytes)} bytes`;
  const phases = loadPhases(module).map(
    ({ name, from, to }) => `${name} ${formatDuration(to - from)}`,
  );
  const streamed = module.streamed ? ', streamed' : '';
  const known = phases.length > 0 ? `; ${phases.join(', ')}` : '';
  const to = posted > 0 ? `; posted to ${many(posted, 'more realm')}` : '';
  return `module ${module.name}: ${size}, ${module.method}${streamed}${known}${to}`;
}

/** A boundary function in all realms that called it. */
interface Called extends Pick<CrossingRow, 'calls' | 'self'> {
  label: string;
  realms: number;
}

/** What surely was a function's self time. */
const leastOf = ({ self }: Called): number => Math.max(self.value - halfWidth(self), 0);

/** The functions that were called; those of a module that threads share are one. */
function calledFunctions(session: Session): Called[] {
  const byName = new Map<string, Called>();
  for (const { function: fn, calls, self } of crossingTable(session)) {
    if (calls === 0) continue;
    const { module, kind } = session.functions[fn] as BoundaryFunction;
    const label = functionLabel(session, fn);
    const key = `${session.modules[module]?.same ?? module} ${kind} ${label}`;
    const known = byName.get(key) ?? { label, calls: 0, self: { value: 0, error: 0 }, realms: 0 };
    byName.set(key, {
      label,
      calls: known.calls + calls,
      realms: known.realms + 1,
      self: {
        value: known.self.value + self.value,
        error: Math.hypot(known.self.error, self.error),
      },
    });
  }
  return [...byName.values()];
}

function crossingLines(session: Session): string[] {
  if (session.functions.length === 0) return [];
  const called = calledFunctions(session);
  const calls = called.reduce((sum, row) => sum + row.calls, 0);
  const unmeasured = session.functions.filter(({ notMeasured }) => notMeasured !== null).length;
  const line = ({ label, calls: own, self, realms }: Called): string => {
    const half = halfWidth(self);
    // An interval that reaches to nothing has one end that is known, and no call took longer than the session.
    const time =
      half === 0 || half < self.value
        ? formatEstimate(self)
        : `under ${formatBound(Math.min(self.value + half, session.duration))}`;
    const where = realms > 1 ? ` in ${formatCount(realms)} realms` : '';
    return `  ${label}: ${many(own, 'call')}${where}, self ${time}`;
  };
  return [
    `${many(calls, 'crossing')} through ${many(called.length, 'boundary function')}${
      unmeasured > 0 ? `; ${formatCount(unmeasured)} more were not measured` : ''
    }`,
    ...called
      .sort((a, b) => leastOf(b) - leastOf(a) || b.self.value - a.self.value)
      .slice(0, BUSIEST)
      .map(line),
  ];
}

/** Equal lines as one: each thread of a pool may have a memory of its own. */
function countedOnce(lines: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, count]) =>
    count === 1 ? line : `${line}, ${formatCount(count)} of them`,
  );
}

function memoryLine(figures: { memory: Memory; pages: number; growths: number }): string {
  const { memory, pages, growths } = figures;
  const grown =
    growths === 0 ? '' : `, from ${formatCount(memory.initialPages)} in ${many(growths, 'growth')}`;
  return `memory ${memory.name}: ${many(pages, 'page')} of 64 KiB${grown}`;
}

function requestLine(session: Session): string {
  const { opened, reused } = connectionUse(session);
  const twice = duplicateRequests(session).length;
  return [
    `${many(pageRequests(session).length, 'request')}, ${many(opened, 'connection')} opened`,
    ` and ${many(reused, 'time')} reused`,
    twice > 0 ? `; ${many(twice, 'URL')} requested more than once` : '',
  ].join('');
}

/** Which requests failed: the first answer to why a page did not do what it should. */
export function failureLines(session: Session): string[] {
  const failed = failedRequests(session);
  const more = failed.length > FAILED ? [`  and ${formatCount(failed.length - FAILED)} more`] : [];
  return failed.length === 0
    ? []
    : [
        `${many(failed.length, 'request')} failed:`,
        ...failed
          .slice(0, FAILED)
          .map(({ url, status, error }) => `  ${url}: ${error ?? `answered ${status}`}`),
        ...more,
      ];
}
