import type { Memory, Module, Session } from '../session/model.ts';
import { crossingTable, functionLabel } from './crossings.ts';
import type { CrossingRow } from './crossings.ts';
import { halfWidth } from './estimate.ts';
import { loadPhases } from './load.ts';
import { memoryFigures } from './memory.ts';
import { formatBound, formatCount, formatDuration, formatEstimate } from './format.ts';
import { connectionUse, duplicateRequests, failedRequests } from './network.ts';
import { validityOf } from './validity.ts';

/** `1 call`, `2 calls`. */
const many = (value: number, thing: string): string => `${formatCount(value)} ${thing}${value === 1 ? '' : 's'}`;
/** How many of the functions with the most self time are told, and of the requests that failed. */
const BUSIEST = 5;
const FAILED = 3;

/** What a session says, in a few lines of text. */
export function summary(session: Session): string[] {
  const { info, duration, realms, modules } = session;
  const lines = [
    `${info.page || info.name}: ${(duration / 1000).toFixed(1)} s in ${many(realms.length, 'realm')}`,
    ...modules.map(moduleLine),
    ...crossingLines(session),
    ...memoryFigures(session).map(memoryLine),
    requestLine(session),
    ...failureLines(session),
  ];
  return [...lines, ...validityOf(session).warnings];
}

function moduleLine(module: Module): string {
  const size = module.bytes === null ? 'size unknown' : `${formatCount(module.bytes)} bytes`;
  const phases = loadPhases(module).map(({ name, from, to }) => `${name} ${formatDuration(to - from)}`);
  const streamed = module.streamed ? ', streamed' : '';
  const known = phases.length > 0 ? `; ${phases.join(', ')}` : '';
  return `module ${module.name}: ${size}, ${module.method}${streamed}${known}`;
}

/** What surely was a function's self time. */
const leastOf = ({ self }: CrossingRow): number => Math.max(self.value - halfWidth(self), 0);

function crossingLines(session: Session): string[] {
  if (session.functions.length === 0) return [];
  const rows = crossingTable(session);
  const called = rows.filter(({ calls }) => calls > 0);
  const calls = called.reduce((sum, row) => sum + row.calls, 0);
  const unmeasured = session.functions.filter(({ notMeasured }) => notMeasured !== null).length;
  const line = ({ function: fn, calls: own, self }: CrossingRow): string => {
    const half = halfWidth(self);
    // An interval that reaches to nothing has one end that is known, and no call took longer than the session.
    const time = half === 0 || half < self.value ? formatEstimate(self) : `under ${formatBound(Math.min(self.value + half, session.duration))}`;
    return `  ${functionLabel(session, fn)}: ${many(own, 'call')}, self ${time}`;
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

function memoryLine(figures: { memory: Memory; pages: number; growths: number }): string {
  const { memory, pages, growths } = figures;
  const grown = growths === 0 ? '' : `, from ${formatCount(memory.initialPages)} in ${many(growths, 'growth')}`;
  return `memory ${memory.name}: ${many(pages, 'page')} of 64 KiB${grown}`;
}

function requestLine(session: Session): string {
  const { opened, reused } = connectionUse(session);
  const twice = duplicateRequests(session).length;
  return [
    `${many(session.requests.length, 'request')}, ${many(opened, 'connection')} opened`,
    ` and ${many(reused, 'time')} reused`,
    twice > 0 ? `; ${many(twice, 'URL')} requested more than once` : '',
  ].join('');
}

/** Which requests failed: the first answer to why a page did not do what it should. */
export function failureLines(session: Session): string[] {
  const failed = failedRequests(session);
  const more = failed.length > FAILED ? [`  and ${formatCount(failed.length - FAILED)} more`] : [];
  return failed.length === 0 ? [] : [
    `${many(failed.length, 'request')} failed:`,
    ...failed.slice(0, FAILED).map(({ url, status, error }) => `  ${url}: ${error ?? `answered ${status}`}`), ...more,
  ];
}
