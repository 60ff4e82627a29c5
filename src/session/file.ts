import { ProtocolError } from '../protocol/shape.ts';
import { readInfo } from './info.ts';
import { isRecord } from './isRecord.ts';
import type { SessionInfo } from './model.ts';
import { readAnySegment } from './readAnySegment.ts';
import { expectObject, notJson, readLines } from './readLines.ts';
import type { Segment } from './segment.ts';
import { SessionFileError } from './sessionFileError.ts';
import { FORMAT_VERSION, upgradeFrom } from './versions.ts';

// The session file: one JSON document, laid out so that its head and each segment are on a line of
// their own. It can be written and read as a stream, whatever its size. docs/session-format.md
// describes it.

export const FORMAT = 'wasmscope-session';
export { FORMAT_VERSION } from './versions.ts';

/** The longest line or reformatted file, in characters, because it is read at once. */
const LARGEST = 128 * 2 ** 20;

/** The file's text, line by line. */
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
  /** Can be iterated once. Ends early if the file does; `problem` then says so. */
  segments: AsyncIterable<Segment>;
  /** What was wrong with the segments read so far, in words for the user; '' if nothing was. */
  problem(): string;
}

/**
 * Reads a session file from pieces of text.
 * @throws SessionFileError if no part of it can be used
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

/** A file in the layout that Wasmscope writes. */
function readLaidOut(head: string, lines: AsyncGenerator<string>): SessionFile {
  const { info, version } = readHead(parse(`${head}]}`));
  let problem = '';
  async function* segments(): AsyncGenerator<Segment> {
    let number = 0;
    let damage: SyntaxError | undefined;
    try {
      for await (const line of lines) {
        const segment = line.trim().replace(/,$/, '');
        if (segment === '') continue;
        // A line that is not JSON and has another after it is damaged; the last one was cut off.
        if (damage) throw damage;
        if (segment === ']}') return;
        number++;
        const row = parseSegment(segment);
        if (row instanceof SyntaxError) damage = row;
        else yield readAnySegment(row, version);
      }
      problem = damage ? endsWithin(number) : endsEarly(number);
    } catch (error) {
      problem = unreadable(Math.max(number, 1), error);
    }
  }
  return { info, segments: segments(), problem: () => problem };
}

/** A file that someone reformatted. */
async function readWhole(head: string, lines: AsyncGenerator<string>): Promise<SessionFile> {
  const document = parse(await joined(head, lines));
  const { info, version } = readHead(document);
  const rows: unknown = isRecord(document) ? document.segments : undefined;
  if (!Array.isArray(rows))
    throw new SessionFileError('foreign', 'The file has no segments. Export the session again.');
  const parsed: readonly unknown[] = rows;
  let problem = '';
  async function* segments(): AsyncGenerator<Segment> {
    for (const [index, row] of parsed.entries()) {
      let segment: Segment;
      try {
        segment = readAnySegment(row, version);
      } catch (error) {
        problem = unreadable(index + 1, error);
        return;
      }
      yield segment;
    }
  }
  return { info, segments: segments(), problem: () => problem };
}

async function joined(head: string, lines: AsyncGenerator<string>): Promise<string> {
  let whole = head;
  for await (const line of lines) {
    whole += `\n${line}`;
    if (whole.length > LARGEST) {
      throw new SessionFileError(
        'too large',
        'The file was reformatted after the export and is too large to be read at once. Import the original export.',
      );
    }
  }
  return whole;
}

/** A segment's value, or the error if its text is not JSON. */
function parseSegment(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

const EXPORT_AGAIN = 'If the session still exists, export it again.';

function endsEarly(segments: number): string {
  if (segments === 0) return `The file ends early, before its first segment. ${EXPORT_AGAIN}`;
  return `The file ends early, after ${segments} ${segments === 1 ? 'segment' : 'segments'}. ${EXPORT_AGAIN}`;
}

/** @param number the segment that was cut off, from 1 */
const endsWithin = (number: number): string =>
  number === 1
    ? `The file ends within its first segment. ${EXPORT_AGAIN}`
    : `The file ends within segment ${number}; the segments before it were kept. ${EXPORT_AGAIN}`;

/** @throws the error itself if it is not about the text: reading the file failed, say */
function unreadable(number: number, error: unknown): string {
  const isAboutText =
    error instanceof ProtocolError ||
    error instanceof SyntaxError ||
    error instanceof SessionFileError;
  if (!isAboutText) throw error;
  return number === 1
    ? `The first segment cannot be read (${error.message}), so nothing could be kept.`
    : `Segment ${number} cannot be read (${error.message}); the segments before it were kept.`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

function readHead(document: unknown): { info: SessionInfo; version: number } {
  if (!isRecord(document) || document.format !== FORMAT) {
    throw new SessionFileError(
      'foreign',
      'This JSON is not a Wasmscope session. Choose a file that Wasmscope exported as JSON.',
    );
  }
  const { version, info } = document;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new SessionFileError(
      'foreign',
      'The file does not state its version of the session format. Export the session again.',
    );
  }
  if (version > FORMAT_VERSION) {
    throw new SessionFileError(
      'newer',
      `The session has version ${version}; this Wasmscope reads up to ${FORMAT_VERSION}. Update Wasmscope.`,
    );
  }
  return { info: readInfo(upgradeFrom(version).info(info)), version };
}
