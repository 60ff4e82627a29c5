/** One line over time. src/text/lineText.ts has its label and unit. */
export interface Line {
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
