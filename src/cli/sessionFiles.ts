import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ExportSource } from '../export/exports.ts';
import type { SessionFile } from '../session/file.ts';
import { readSession } from '../session/file.ts';
import { createFold } from '../session/fold.ts';
import type { Session } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';
import { CliError, reasonOf, UsageError } from './cliError.ts';
import type { Io } from './io.ts';

const EXTENSION = '.wasmscope.json';

/**
 * The session files that are meant: files as they are given, and a folder's `*.wasmscope.json`.
 * @throws CliError
 */
export function sessionPaths(given: readonly string[], cwd: string): string[] {
  if (given.length === 0)
    throw new UsageError('Which sessions? Give session files, or a folder of them.');
  return given.flatMap((path) => {
    const full = resolve(cwd, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found)
      throw new CliError(
        `${shown(full, cwd)} does not exist. Give a session file, or a folder of them.`,
      );
    if (!found.isDirectory()) return [full];
    const files = readdirSync(full)
      .filter((name) => name.endsWith(EXTENSION))
      .sort()
      .map((name) => join(full, name));
    if (files.length === 0)
      throw new CliError(
        `${shown(full, cwd)} contains no session files (*${EXTENSION}). Record some with \`wasmscope record … --out ${shown(full, cwd)}\`.`,
      );
    return files;
  });
}

/**
 * A session file that is read as often as needed, a segment at a time.
 * @throws CliError where nothing of it can be read; so does an iteration that finds no segment
 */
export async function openSource(path: string, io: Io): Promise<ExportSource> {
  const { info } = await openFile(path, io);
  return {
    info,
    async *segments(): AsyncGenerator<Segment> {
      const file = await openFile(path, io);
      yield* segmentsOf(file, path, io);
      if (file.problem() !== '') io.err(`${shown(path, io.cwd)}: ${file.problem()}`);
    },
  };
}

/** A whole session. @throws CliError where nothing of it can be read */
export async function loadSession(path: string, io: Io): Promise<Session> {
  const file = await openFile(path, io);
  const fold = createFold(file.info);
  for await (const segment of segmentsOf(file, path, io)) fold.add(segment);
  const problem = file.problem();
  if (problem !== '') {
    io.err(`${shown(path, io.cwd)}: ${problem}`);
    fold.setInfo({ ...file.info, state: 'cut', reason: problem });
  }
  return fold.session();
}

/** All sessions that are meant. @throws CliError */
export async function loadSessions(given: readonly string[], io: Io): Promise<Session[]> {
  const sessions: Session[] = [];
  // One after the other, because a file being read takes more memory than its session.
  for (const path of sessionPaths(given, io.cwd)) sessions.push(await loadSession(path, io));
  return sessions;
}

async function openFile(path: string, io: Io): Promise<SessionFile> {
  try {
    return await readSession(createReadStream(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${shown(path, io.cwd)}: ${reasonOf(error)}`);
  }
}

/** @throws CliError at the end if there was none */
async function* segmentsOf(file: SessionFile, path: string, io: Io): AsyncGenerator<Segment> {
  let count = 0;
  for await (const segment of file.segments) {
    count++;
    yield segment;
  }
  if (count > 0) return;
  const reason = file.problem() === '' ? 'The session is empty.' : file.problem();
  throw new CliError(`${shown(path, io.cwd)}: ${reason} Record it again.`);
}

/** A path as messages give it: relative to the current folder. */
const shown = (path: string, cwd: string): string => relative(cwd, path) || path;
