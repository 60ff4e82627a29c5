import { settingsShape } from '../protocol/command.ts';
import { DEFAULT_SETTINGS } from '../protocol/defaultSettings.ts';
import type { Infer } from '../protocol/shape.ts';
import * as is from '../protocol/shape.ts';
import { SessionFileError } from './sessionFileError.ts';

// The facts of a session that need no tables. Files may lack fields that later versions added, or
// have values that this version does not know: those get a neutral value.

const words = is.withDefault(is.longPageText, '');
const toolWords = is.withDefault(is.text, '');

/** The session-wide part of the validity; each realm's part is in its RealmInfo. */
export const conditionsShape = is.record(
  {
    /** Name and version of the browser. */
    browser: toolWords,
    /** Operating system and processor. */
    platform: toolWords,
    /** Version of Wasmscope. */
    version: toolWords,
    /**
     * Whether DevTools was open on the tab (`mixed`: for part of the recording), which makes wasm
     * about 10 times slower.
     */
    devtools: is.forgiving(is.oneOf('unknown', 'open', 'closed', 'mixed'), 'unknown'),
  },
  {
    /** Deliberate changes such as `warm cache, CPU 4× slower`; missing: none. */
    setup: is.text,
  },
);
export interface Conditions extends Infer<typeof conditionsShape> {}

/** Settings that an older version did not have get their default. */
const settings = {
  ...is.record(
    is.entriesFor(settingsShape.names, (name) => is.forgiving(is.flag, DEFAULT_SETTINGS[name])),
  ),
  description: settingsShape.description,
};

export const sessionInfoShape = is.record(
  {
    /** Identifies the session (UUID). */
    id: words,
    /** As the user or Wasmscope named it. */
    name: words,
    /** The user's note. */
    note: words,
    /** URL that was recorded, without query and fragment unless asked for. */
    page: words,
    /** When recording began. */
    started: is.forgiving(is.epoch, 0),
    /** When it ended; null while recording. */
    ended: is.forgiving(is.nullable(is.epoch), null),
    /**
     * `cut`: it ended without Stop because the browser was closed or the disk was full; `reason`
     * says why.
     */
    state: is.forgiving(is.oneOf('complete', 'recording', 'cut'), 'complete'),
    /** Why it was cut short; `''` otherwise. */
    reason: words,
    /** What recorded it. */
    source: is.forgiving(is.oneOf('extension', 'cli', 'agent'), 'extension'),
    /**
     * `reload`: the agent started before the page's first script; `attach`: modules that were
     * loaded before are not measured.
     */
    mode: is.forgiving(is.oneOf('reload', 'attach'), 'reload'),
    /** What was recorded. */
    settings: is.forgiving(settings, DEFAULT_SETTINGS),
    /** What it was recorded with. */
    conditions: is.withDefault(conditionsShape, conditionsShape.read({}, 'conditions')),
    /** Bytes stored. */
    bytes: is.forgiving(is.bytes, 0),
    /** Segments stored. */
    segments: is.forgiving(is.count, 0),
  },
  {
    /** Reserved: what was recorded, such as a build, in the user's words. */
    label: is.longPageText,
    /** Reserved: the commit that was recorded. */
    commit: is.longPageText,
  },
);

/** The facts of a session that need no tables, as in the list of sessions. */
export interface SessionInfo extends Infer<typeof sessionInfoShape> {}
export type SessionState = SessionInfo['state'];

/**
 * Reads a session's info from a file.
 * @throws SessionFileError for text fields that hold something else
 */
export function readInfo(value: unknown): SessionInfo {
  try {
    return sessionInfoShape.read(value, 'info');
  } catch (error) {
    const field = error instanceof is.ProtocolError ? error.field : 'info';
    throw new SessionFileError(
      'no info',
      `The session’s ${field} cannot be read. Export the session again.`,
    );
  }
}
