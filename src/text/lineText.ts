import type { LineName } from '../analysis/overview/line.ts';
import type { Unit } from '../metrics/unit.ts';

/** The words for a line over time. */
export interface LineText {
  label: string;
  /** What its values are counted in. */
  unit: Unit;
}

export const LINE_TEXT: Record<LineName, LineText> = {
  linearMemory: { label: 'Linear memory', unit: 'bytes' },
  jsHeap: { label: 'JS heap', unit: 'bytes' },
  workersHeap: { label: 'JS heap of workers', unit: 'bytes' },
  crossings: { label: 'Crossings', unit: 'per second' },
  wasmShare: { label: 'Time in wasm calls', unit: 'share' },
  requestsInFlight: { label: 'Requests in flight', unit: 'count' },
  framesPerSecond: { label: 'Frames per second', unit: 'count' },
  eventLoopDelay: { label: 'Event-loop delay', unit: 'ms' },
};
