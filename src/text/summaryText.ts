import type { CalledFunction } from '../analysis/calledFunctions.ts';
import type { MemoryFigures } from '../analysis/memoryFigures.ts';
import type {
  CrossingSummary,
  ModuleSummary,
  RequestSummary,
  SessionSummary,
} from '../analysis/sessionSummary.ts';
import { halfWidth } from '../statistics/estimate.ts';
import { countOf } from './countOf.ts';
import { failureLines } from './failureLines.ts';
import { formatBound, formatCount, formatDuration, formatEstimate } from './format.ts';
import { warningText } from './warningText.ts';

/** How many functions are listed. */
const BUSIEST = 5;

/** A session in a few lines of text. */
export function summaryText(summary: SessionSummary): string[] {
  const { page, duration, realms, modules, crossings, memories, requests } = summary;
  return [
    `${page}: ${(duration / 1000).toFixed(1)} s in ${countOf(realms, 'realm')}`,
    ...modules.map(moduleLine),
    ...(crossings ? crossingLines(crossings, duration) : []),
    ...mergeEqualLines(memories.map(memoryLine)),
    requestLine(requests),
    ...failureLines(summary.failed),
    ...summary.warnings.map(warningText),
  ];
}

/** `module app.wasm`; a name that says what it is stays alone: `module 1`. */
const titled = (what: string, name: string): string =>
  name === what || name.startsWith(`${what} `) ? name : `${what} ${name}`;

function moduleLine({ module, phases, posted }: ModuleSummary): string {
  const size = module.bytes === null ? 'size unknown' : `${formatCount(module.bytes)} bytes`;
  const times = phases.map(({ name, from, to }) => `${name} ${formatDuration(to - from)}`);
  return [
    `${titled('module', module.name)}: ${size}, ${module.method}${module.streamed ? ', streamed' : ''}`,
    times.join(', '),
    posted > 0 ? `posted to ${countOf(posted, 'more realm')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function crossingLines(crossings: CrossingSummary, duration: number): string[] {
  const { calls, functions, unmeasured } = crossings;
  const total = `${countOf(calls, 'crossing')} through ${countOf(functions.length, 'boundary function')}`;
  return [
    unmeasured > 0 ? `${total}; ${formatCount(unmeasured)} more were not measured` : total,
    ...functions.slice(0, BUSIEST).map((fn) => functionLine(fn, duration)),
  ];
}

function functionLine({ name, calls, self, realms }: CalledFunction, duration: number): string {
  const half = halfWidth(self);
  // Of an interval that includes 0 only the upper end says something, and no call took longer than
  // the session.
  const time =
    half === 0 || half < self.value
      ? formatEstimate(self)
      : `under ${formatBound(Math.min(self.value + half, duration))}`;
  const where = realms > 1 ? ` in ${formatCount(realms)} realms` : '';
  return `  ${name}: ${countOf(calls, 'call')}${where}, self ${time}`;
}

/** Equal lines as one: each thread of a pool may have a memory of its own. */
function mergeEqualLines(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) =>
    count === 1 ? line : `${formatCount(count)} × ${line}`,
  );
}

function memoryLine({ memory, pages, growths }: MemoryFigures): string {
  const grown =
    growths === 0
      ? ''
      : `, grown from ${formatCount(memory.initialPages)} in ${countOf(growths, 'grow call')}`;
  return `${titled('memory', memory.name)}: ${countOf(pages, 'page')} of 64 KiB${grown}`;
}

function requestLine({ count, connections, duplicates }: RequestSummary): string {
  const { opened, reused } = connections;
  const line = `${countOf(count, 'request')}, ${formatCount(opened)} on new connections and ${formatCount(reused)} on reused ones`;
  return duplicates > 0 ? `${line}; ${countOf(duplicates, 'URL')} requested more than once` : line;
}
