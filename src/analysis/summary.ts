import type { Session } from '../session/model.ts';
import { crossingTable, functionLabel } from './crossings.ts';
import { halfWidth } from './estimate.ts';
import { loadPhases } from './load.ts';
import { memoryFigures } from './memory.ts';
import { connectionUse, duplicateRequests } from './network.ts';

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const count = (value: number): string => value.toLocaleString('en');

/** What a session says, in a few lines of text. */
export function summary(session: Session): string[] {
  const lines = [`${session.info.page || session.info.name}: ${(session.duration / 1000).toFixed(1)} s in ${session.realms.length} realm(s)`];
  for (const module of session.modules) {
    const phases = loadPhases(module).map(({ name, from, to }) => `${name} ${ms(to - from)}`).join(', ');
    lines.push(`module ${module.name}: ${module.bytes === null ? 'size unknown' : `${count(module.bytes)} bytes`}, ${module.method}${module.streamed ? ', streamed' : ''}${phases ? `; ${phases}` : ''}`);
  }
  const rows = crossingTable(session);
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  lines.push(`${count(calls)} crossings through ${rows.filter((row) => row.calls > 0).length} boundary functions`);
  for (const row of [...rows].sort((a, b) => b.self.value - a.self.value).slice(0, 5)) {
    if (row.calls === 0) continue;
    lines.push(`  ${functionLabel(session, row.function)}: ${count(row.calls)} calls, self ${ms(row.self.value)} ± ${ms(halfWidth(row.self))}`);
  }
  for (const { memory, pages, growths } of memoryFigures(session)) {
    lines.push(`memory ${memory.name}: ${count(memory.initialPages)} → ${count(pages)} pages of 64 KiB in ${growths} growths`);
  }
  const { opened, reused } = connectionUse(session);
  const duplicates = duplicateRequests(session);
  lines.push(`${count(session.requests.length)} requests, ${opened} connections opened and ${reused} times reused${
    duplicates.length > 0 ? `; ${duplicates.length} URLs requested more than once` : ''}`);
  if (session.info.conditions.devtools === 'open') {
    lines.push('DevTools was open: wasm ran in its baseline tier, times are up to 10 times too long.');
  }
  return lines;
}
