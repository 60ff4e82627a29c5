import { readSegment } from '../protocol/chunk.ts';
import { ProtocolError } from '../protocol/shape.ts';
import { readInfo } from './info.ts';
import type { SessionInfo } from './model.ts';
import { expectObject, notJson, readLines } from './readLines.ts';
import type { Segment } from './segment.ts';
import { SessionFileError } from './sessionFileError.ts';
import type { Upgrade } from './versions.ts';
import { FORMAT_VERSION, upgradeFrom } from './versions.ts';

// The session file: one JSON document, laid out so that its head and each segment stand on a line
// of their
// own. It so is streamed both ways, whatever its size. docs/session-format.md describes it.

export const FORMAT = 'wasmscope-session';
export { FORMAT_VERSION } from './versions.ts';

/** What is read at once, in characters: a line at most, or a file that someone reformatted. */
const LARGEST = 128 * 2 ** 20;

/** The file's text, a line at a time. */
export async function* writeSession(
  info: SessionInfo,
  segments: AsyncIterable<Segment>,
): AsyncGenerator<string> {
  yield `{"format":"${FORMAT}","version":${FORMAT_VERSION},"info":${JSON.stringify(info)},"segments":[\n`;
  let first = true;
  for await (const segment of segments) {
    yield `${first ? '' : ',\n'}${JSON.stringify(segment)}`;
    first = false;
  }
  yield '\n]}\n';
}

export interface SessionFile {
  info: SessionInfo;
  /** To be iterated once. Ends early where the file does; `problem` then says so. */
  segments: AsyncIterable<Segment>;
  /** What was wrong with the segments read so far, in words for the user; '' while all is well. */
  problem(): string;
}

/**
 * Reads a session file from pieces of text.
 * @throws SessionFileError where nothing of it can be used
 */
export async function readSession(text: AsyncIterable<string>): Promise<SessionFile> {
  const lines = readLines(expectObject(text), LARGEST);
  const head = await firstLine(lines);
  return /^\{"format":"wasmscope-session".*"segments":\[$/s.test(head)
    ? readLaidOut(head, lines)
    : readWhole(head, lines);
}

async function firstLine(lines: AsyncGenerator<string>): Promise<string> {
  for (let step = await lines.next(); !step.done; step = await lines.next()) {
    const line = step.value.trim();
    if (line !== '') return line;
  }
  throw new SessionFileError('empty', 'The file is empty. Export the session again.');
}

function readLaidOut(head: string, lines: AsyncGenerator<string>): SessionFile {
  const { info, upgrade } = readHead(parse(`${head}]}`));
  let problem = '';
  async function* segments(): AsyncGenerator<Segment> {
    let number = 0;
    try {
      for await (const line of lines) {
        const bare = line.trim();
        if (bare === ']}') return;
        if (bare === '') continue;
        number++;
        yield readSegment(
          upgrade.segment(JSON.parse(bare.endsWith(',') ? bare.slice(0, -1) : bare)),
        );
      }
      problem = `The file ends early, after ${number} ${number === 1 ? 'segment' : 'segments'}. If the session is still there, export it again.`;
    } catch (error) {
      problem = unreadable(Math.max(number, 1), error);
    }
  }
  return { info, segments: segments(), problem: () => problem };
}

async function readWhole(head: string, lines: AsyncGenerator<string>): Promise<SessionFile> {
  let whole = head;
  for await (const line of lines) {
    whole += `\n${line}`;
    if (whole.length > LARGEST) {
      throw new SessionFileError(
        'too large',
        'The file is too large to be read at once and is not laid out as Wasmscope writes it (one segment a line). Import the original export.',
      );
    }
  }
  const document = parse(whole);
  const { info, upgrade } = readHead(document);
  const rows = (document as { segments?: unknown }).segments;
  if (!Array.isArray(rows))
    throw new SessionFileError('foreign', 'The file has no segments. Export the session again.');
  let problem = '';
  async function* segments(): AsyncGenerator<Segment> {
    for (const [at, row] of (rows as unknown[]).entries()) {
      let segment: Segment;
      try {
        segment = readSegment(upgrade.segment(row));
      } catch (error) {
        problem = unreadable(at + 1, error);
        return;
      }
      yield segment;
    }
  }
  return { info, segments: segments(), problem: () => problem };
}

/** @throws the error itself where it is not about the text: the file could not be read on, say */
function unreadable(number: number, error: unknown): string {
  const ofText =
    error instanceof ProtocolError ||
    error instanceof SyntaxError ||
    error instanceof SessionFileError;
  if (!ofText) throw error;
  return `Segment ${number} cannot be read (${error.message}); ${number === 1 ? 'nothing stands before it' : 'what stands before it was kept'}.`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

function readHead(document: unknown): { info: SessionInfo; upgrade: Upgrade } {
  const { format, version, info } = (document ?? {}) as {
    format?: unknown;
    version?: unknown;
    info?: unknown;
  };
  if (format !== FORMAT) {
    throw new SessionFileError(
      'foreign',
      'This JSON is not a Wasmscope session. Choose a file that Wasmscope exported as JSON.',
    );
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new SessionFileError('foreign', 'The session says no version. Export it again.');
  }
  if (version > FORMAT_VERSION) {
    throw new SessionFileError(
      'newer',
      `The session has version ${version}; this Wasmscope reads up to ${FORMAT_VERSION}. Update Wasmscope.`,
    );
  }
  const upgrade = upgradeFrom(version);
  return { info: readInfo(upgrade.info(info)), upgrade };
}
