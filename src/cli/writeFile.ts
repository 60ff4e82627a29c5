import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError, reasonOf } from './cliError.ts';
import { makeFolder } from './makeFolder.ts';

const ELSEWHERE = 'choose another place with --out.';
const HINTS: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space.',
  EACCES: `It may not be written: ${ELSEWHERE}`,
  EROFS: `It may not be written: ${ELSEWHERE}`,
  EEXIST: `A file is where a folder should be: ${ELSEWHERE}`,
  ENOTDIR: `A file is where a folder should be: ${ELSEWHERE}`,
};

/** Writes, or says what the user can do. @throws CliError */
export async function told<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    throw new CliError(
      `${path} could not be written (${reasonOf(error)}). ${HINTS[code] ?? `C${ELSEWHERE.slice(1)}`}`,
    );
  }
}

/** Writes a file whole or not at all; one of that name is replaced. @throws CliError where the disk does not take it */
export function writeFile(
  path: string,
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const unfinished = `${path}.tmp`;
  return told(path, async () => {
    const removeFolder = await makeFolder(dirname(path));
    try {
      await pipeline(Readable.from(content), createWriteStream(unfinished));
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
      await removeFolder();
    }
  });
}
