import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExportSource } from '../export/exports.ts';
import { readSession } from '../session/file.ts';
import { createFold } from '../session/fold.ts';
import type { Session } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';
import { CliError, reasonOf, UsageError } from './cliError.ts';
import type { Io } from './io.ts';

const EXTENSION = '.wasmscope.json';

/** The session files that are meant: files as they are, of a folder those that end in `.wasmscope.json`. @throws CliError */
export function sessionPaths(given: readonly string[], cwd: string): string[] {
  if (given.length === 0)
    throw new UsageError('Which session? Give session files, or a folder of them.');
  return given.flatMap((path) => {
    const full = resolve(cwd, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found) throw new CliError(`There is no ${path}.`);
    if (!found.isDirectory()) return [full];
    const files = readdirSync(full)
      .filter((name) => name.endsWith(EXTENSION))
      .sort()
      .map((name) => join(full, name));
    if (files.length === 0)
      throw new CliError(`There is no session file (*${EXTENSION}) in ${path}.`);
    return files;
  });
}

/** A session file to be read as often as needed. @throws CliError where nothing of it can be read */
export async function sourceOf(path: string, io: Io): Promise<ExportSource> {
  const { info } = await opened(path);
  return {
    info,
    async *segments(): AsyncGenerator<Segment> {
      const file = await opened(path);
      yield* file.segments;
      if (file.problem() !== '') io.err(`${path}: ${file.problem()}`);
    },
  };
}

/** A whole session. @throws CliError where nothing of it can be read */
export async function loadSession(path: string, io: Io): Promise<Session> {
  const { info, segments, problem } = await opened(path);
  const fold = createFold(info);
  for await (const segment of segments) fold.add(segment);
  if (problem() !== '') {
    io.err(`${path}: ${problem()}`);
    fold.setInfo({ ...info, state: 'cut', reason: problem() });
  }
  return fold.session();
}

/** All sessions that are meant, one after the other: whole sessions are large. @throws CliError */
export async function loadSessions(given: readonly string[], io: Io): Promise<Session[]> {
  const sessions: Session[] = [];
  for (const path of sessionPaths(given, io.cwd)) sessions.push(await loadSession(path, io));
  return sessions;
}

async function opened(path: string): ReturnType<typeof readSession> {
  try {
    return await readSession(createReadStream(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path}: ${reasonOf(error)}`);
  }
}
