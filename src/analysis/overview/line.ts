/** One line over time. */
export interface Line {
  label: string;
  unit: 'bytes' | 'per second' | 'share' | 'count' | 'ms';
  /** ms since the session's origin; a step has two values at one time. */
  time: number[];
  /** null: not known at that time. */
  value: (number | null)[];
}

export type LineName =
  | 'linearMemory'
  | 'jsHeap'
  | 'workersHeap'
  | 'crossings'
  | 'wasmShare'
  | 'requestsInFlight'
  | 'framesPerSecond'
  | 'eventLoopDelay';
