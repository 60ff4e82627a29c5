import type { Infer } from './shape.ts';
import * as is from './shape.ts';

/** What the user may set for a recording. */
export const settingsShape = is.record({
  /** Count and time calls across the boundary. */
  crossings: is.flag,
  /** Record requests. */
  network: is.flag,
  /** Record spans and series of the page. */
  page: is.flag,
  /** Keep query strings and fragments of URLs. */
  keepQuery: is.flag,
  /** Count the bytes that script copies out of and into wasm memories. */
  copies: is.flag,
  /** In the extension: response headers make the tab cross-origin isolated, for a finer clock. */
  isolated: is.flag,
});
export interface Settings extends Infer<typeof settingsShape> {}

/**
 * Recorder → agent. An agent starts with DEFAULT_SETTINGS without being told to, so a bridge says
 * `stop` first where nothing is recording.
 */
export type Command =
  /**
   * Cut chunks from now on, with these settings; until then the agent records but hands nothing
   * over.
   */
  | { type: 'start'; settings: Settings }
  /** Hand over what is left, with `end: 'stop'`, and give the page its natives back. */
  | { type: 'stop' }
  /** Hand over now what there is. */
  | { type: 'flush' };

/** Bridge → agent, in the extension only: a frame of the document that no agent can enter. */
export interface ClosedFrame {
  type: 'closed frame';
  url: string;
  /** Why, and what to do. */
  reason: string;
}

const chunkReport = is.record({ type: is.oneOf('chunk'), chunk: is.chunkText });
const stoppedReport = is.record({ type: is.oneOf('stopped') });
const anyReport = is.record({ type: is.oneOf('chunk', 'stopped') });

/**
 * Agent → recorder: the JSON of a Chunk, or `stopped`, which answers `stop` once the last chunk was
 * handed over; nothing follows it.
 */
export type Report = Infer<typeof chunkReport> | Infer<typeof stoppedReport>;

/** What an agent says to its bridge. @throws ProtocolError */
export function readReport(text: string): Report {
  const value = is.parse(text);
  const { type } = anyReport.read(value, 'report');
  return (type === 'chunk' ? chunkReport : stoppedReport).read(value, 'report');
}
