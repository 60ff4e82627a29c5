import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SegmentSink } from '../../recorder/recorder.ts';
import { readSession, writeSession } from '../../session/file.ts';
import type { SessionInfo } from '../../session/model.ts';
import { CliError, reasonOf } from '../cliError.ts';

/** A session file that is being recorded. */
export interface SessionWriter extends SegmentSink {
  /** Puts the file in its place, whole; one of that name is replaced. @throws CliError where the disk does not take it */
  keep(): Promise<SessionInfo>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/**
 * Segments go into `PATH.part` as they come, which is a session file without its end, readable if this process dies.
 * @throws CliError where nothing can be written there
 */
export async function writeSessionFile(path: string, first: SessionInfo): Promise<SessionWriter> {
  const part = `${path}.part`;
  const whole = `${path}.tmp`;
  let info = first;
  const known = new Set<string>();
  const file = await told(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
    const handle = await open(part, 'w');
    const head = await writeSession(info, none()).next();
    await handle.write(head.value ?? '');
    return handle;
  });
  let separator = '';

  return {
    append: (_, segments) => told(path, async () => {
      let lines = '';
      for (const segment of segments) {
        const key = `${segment.realm} ${segment.seq}`;
        if (known.has(key)) continue;
        known.add(key);
        const line = JSON.stringify(segment);
        lines += `${separator}${line}`;
        separator = ',\n';
        info = { ...info, segments: info.segments + 1, bytes: info.bytes + line.length };
      }
      if (lines !== '') await file.appendFile(lines);
    }),
    async update(_, change) {
      info = { ...info, ...change };
      return info;
    },
    async keep() {
      try {
        await told(path, async () => {
          await file.close();
          const { segments } = await readSession(createReadStream(part, 'utf8'));
          await pipeline(Readable.from(writeSession(info, segments)), createWriteStream(whole));
          await rename(whole, path);
        });
      } finally {
        await Promise.all([rm(part, { force: true }), rm(whole, { force: true })]);
      }
      return info;
    },
    async discard() {
      await file.close().catch(() => {});
      await Promise.all([rm(part, { force: true }), rm(whole, { force: true })]);
    },
  };
}

async function* none(): AsyncGenerator<never> {}

const HINTS: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space.',
  EACCES: 'It may not be written: choose another place with --out.',
  EROFS: 'It may not be written: choose another place with --out.',
  EEXIST: 'A file is where a folder should be: choose another place with --out.',
  ENOTDIR: 'A file is where a folder should be: choose another place with --out.',
};

/** Writes, or says what the user can do. */
export async function told<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const hint = HINTS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'Choose another place with --out.';
    throw new CliError(`${path} could not be written (${reasonOf(error)}). ${hint}`);
  }
}
