import type { LineName } from '../../src/analysis/overview/line.ts';

/** All lines in the order of their charts, each with the CSS custom property of its colour. */
export const LINES: readonly { key: LineName; colour: string }[] = [
  { key: 'linearMemory', colour: '--series-1' },
  { key: 'jsHeap', colour: '--series-2' },
  { key: 'workersHeap', colour: '--series-6' },
  { key: 'crossings', colour: '--series-3' },
  { key: 'wasmShare', colour: '--series-4' },
  { key: 'requestsInFlight', colour: '--series-5' },
  { key: 'framesPerSecond', colour: '--series-6' },
  { key: 'eventLoopDelay', colour: '--series-2' },
];
