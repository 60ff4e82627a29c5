/** What the user may set for a recording. */
export interface Settings {
  crossings: boolean;
  network: boolean;
  page: boolean;
  /** Keep query strings and fragments of URLs. */
  keepQuery: boolean;
  /** Count the bytes that script copies out of and into wasm memories. */
  copies: boolean;
  /** Of the extension: the tab is made cross-origin isolated by response headers, for a finer clock. */
  isolated: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  crossings: true,
  network: true,
  page: true,
  keepQuery: false,
  copies: false,
  isolated: false,
};

/** Recorder → agent. An agent starts with DEFAULT_SETTINGS by itself, so `stop` is what a bridge says first where nothing records. */
export type Command =
  /** Cut chunks from now on, with these settings; before it the agent gathers but hands nothing over. */
  | { type: 'start'; settings: Settings }
  /** Hand over what is left, with `end: 'stop'`, and give the page its natives back. */
  | { type: 'stop' }
  /** Hand over now what there is. */
  | { type: 'flush' };

/** Bridge → agent, of the extension only: a frame of the document that no agent can be in. */
export interface ClosedFrame {
  type: 'closed frame';
  url: string;
  /** Why, and what to do. */
  reason: string;
}

/** Agent → recorder. */
export type Report =
  | { type: 'chunk'; chunk: string /* JSON of a Chunk */ }
  /** Nothing follows: answers `stop` once the last chunk was handed over. */
  | { type: 'stopped' };
