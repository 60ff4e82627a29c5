import type { Memory, Module, Session } from '../session/model.ts';
import { crossingTable, functionLabel } from './crossings.ts';
import type { CrossingRow } from './crossings.ts';
import { halfWidth } from './estimate.ts';
import { loadPhases } from './load.ts';
import { memoryFigures } from './memory.ts';
import { connectionUse, duplicateRequests } from './network.ts';
import { validityOf } from './validity.ts';

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const count = (value: number): string => value.toLocaleString('en');
/** How many of the functions with the most self time are told. */
const BUSIEST = 5;

/** What a session says, in a few lines of text. */
export function summary(session: Session): string[] {
  const { info, duration, realms, modules } = session;
  const lines = [
    `${info.page || info.name}: ${(duration / 1000).toFixed(1)} s in ${realms.length} realm(s)`,
    ...modules.map(moduleLine),
    ...crossingLines(session),
    ...memoryFigures(session).map(memoryLine),
    requestLine(session),
  ];
  return [...lines, ...validityOf(session).warnings];
}

function moduleLine(module: Module): string {
  const size = module.bytes === null ? 'size unknown' : `${count(module.bytes)} bytes`;
  const phases = loadPhases(module).map(({ name, from, to }) => `${name} ${ms(to - from)}`);
  const streamed = module.streamed ? ', streamed' : '';
  const known = phases.length > 0 ? `; ${phases.join(', ')}` : '';
  return `module ${module.name}: ${size}, ${module.method}${streamed}${known}`;
}

function crossingLines(session: Session): string[] {
  const rows = crossingTable(session);
  const called = rows.filter(({ calls }) => calls > 0);
  const calls = called.reduce((sum, row) => sum + row.calls, 0);
  const unmeasured = session.functions.filter(({ notMeasured }) => notMeasured !== null).length;
  const line = ({ function: fn, calls: own, self }: CrossingRow): string => {
    const time = `${ms(self.value)} ± ${ms(halfWidth(self))}`;
    return `  ${functionLabel(session, fn)}: ${count(own)} calls, self ${time}`;
  };
  return [
    `${count(calls)} crossings through ${count(called.length)} boundary functions${
      unmeasured > 0 ? `; ${count(unmeasured)} more were not measured` : ''
    }`,
    ...called
      .sort((a, b) => b.self.value - a.self.value)
      .slice(0, BUSIEST)
      .map(line),
  ];
}

function memoryLine(figures: { memory: Memory; pages: number; growths: number }): string {
  const { memory, pages, growths } = figures;
  const grown = `${count(memory.initialPages)} → ${count(pages)} pages of 64 KiB`;
  return `memory ${memory.name}: ${grown} in ${count(growths)} growths`;
}

function requestLine(session: Session): string {
  const { opened, reused } = connectionUse(session);
  const twice = duplicateRequests(session).length;
  return [
    `${count(session.requests.length)} requests, ${count(opened)} connections opened`,
    ` and ${count(reused)} times reused`,
    twice > 0 ? `; ${count(twice)} URLs requested more than once` : '',
  ].join('');
}
