import { readSegment } from '../protocol/guard.ts';
import type { SessionInfo } from './model.ts';
import { readInfo } from './readInfo.ts';
import type { Segment } from './segment.ts';
import { SessionFileError } from './sessionFileError.ts';

// The session file: one JSON document, laid out so that its head and each segment stand on a line of their
// own. It so is streamed both ways, whatever its size. docs/session-format.md describes it.

export const FORMAT = 'wasmscope-session';
export const FORMAT_VERSION = 1;

/** Longest line read: a chunk is cut far below it. */
const LONGEST_LINE = 256 * 2 ** 20;
/** A file that someone reformatted is read whole, up to this size. */
const LARGEST_REFORMATTED = 128 * 2 ** 20;

/** The file's text, a line at a time. */
export async function* writeSession(info: SessionInfo, segments: AsyncIterable<Segment>): AsyncGenerator<string> {
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
  const lines = readLines(text);
  const first = await lines.next();
  const head = first.done ? '' : first.value.trim();
  if (head === '') throw new SessionFileError('empty', 'The file is empty. Export the session again.');
  const laidOut = /^\{"format":"wasmscope-session".*"segments":\[$/s.test(head);
  if (!laidOut) return readWhole(head, lines);
  const info = checkHead(parse(`${head}]}`));
  let problem = '';
  async function* segments(): AsyncGenerator<Segment> {
    let ended = false;
    let number = 0;
    for await (const line of lines) {
      const bare = line.trim();
      if (bare === ']}') ended = true;
      if (bare === '' || bare === ']}') continue;
      number++;
      try {
        yield readSegment(JSON.parse(bare.endsWith(',') ? bare.slice(0, -1) : bare));
      } catch (error) {
        problem = `Segment ${number} cannot be read (${messageOf(error)}); what stands before it was kept.`;
        return;
      }
    }
    if (!ended) problem = `The file ends early: ${number} segments were read and kept. Export it again for the rest.`;
  }
  return { info, segments: segments(), problem: () => problem };
}

async function readWhole(head: string, lines: AsyncGenerator<string>): Promise<SessionFile> {
  // A short look first: a large foreign file is not read to its end to be refused.
  if (!/^\s*\{/.test(head)) throw notJson();
  let whole = head;
  for await (const line of lines) {
    whole += `\n${line}`;
    if (whole.length > LARGEST_REFORMATTED) {
      throw new SessionFileError(
        'too large',
        'The file is too large to be read at once and is not laid out as Wasmscope writes it (one segment a line). Import the original export.',
      );
    }
  }
  const document = parse(whole);
  const info = checkHead(document);
  const rows = (document as { segments?: unknown }).segments;
  if (!Array.isArray(rows)) throw new SessionFileError('foreign', 'The file has no segments. Export the session again.');
  let problem = '';
  async function* segments(): AsyncGenerator<Segment> {
    for (const [at, row] of (rows as unknown[]).entries()) {
      try {
        yield readSegment(row);
      } catch (error) {
        problem = `Segment ${at + 1} cannot be read (${messageOf(error)}); what stands before it was kept.`;
        return;
      }
    }
  }
  return { info, segments: segments(), problem: () => problem };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

const notJson = (): SessionFileError =>
  new SessionFileError('not json', 'This is not JSON, or it ends early. Choose a session file that Wasmscope exported as JSON.');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function checkHead(document: unknown): SessionInfo {
  const { format, version, info } = (document ?? {}) as { format?: unknown; version?: unknown; info?: unknown };
  if (format !== FORMAT) {
    throw new SessionFileError('foreign', 'This JSON is not a Wasmscope session. Choose a file that Wasmscope exported as JSON.');
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new SessionFileError('foreign', 'The session says no version. Export it again.');
  }
  if (version > FORMAT_VERSION) {
    throw new SessionFileError('newer', `The session has version ${version}; this Wasmscope reads up to ${FORMAT_VERSION}. Update Wasmscope.`);
  }
  return readInfo(info);
}

async function* readLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      yield rest + piece.slice(from, end);
      rest = '';
      from = end + 1;
    }
    rest += piece.slice(from);
    if (rest.length > LONGEST_LINE) throw new SessionFileError('too large', 'The file has a line of over 256 MB and cannot be read. Import the original export.');
  }
  if (rest !== '') yield rest;
}
