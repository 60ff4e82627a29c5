import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError, reasonOf } from './cliError.ts';
import { makeFolder } from './makeFolder.ts';

const ELSEWHERE = 'choose another place.';
const REMEDIES = new Map([
  ['ENOSPC', `The disk is full: free some space, or ${ELSEWHERE}`],
  ['EDQUOT', `Your disk quota is used up: free some space, or ${ELSEWHERE}`],
  ['EACCES', `You may not write there: ${ELSEWHERE}`],
  ['EPERM', `You may not write there: ${ELSEWHERE}`],
  ['EROFS', `Nothing can be written there: ${ELSEWHERE}`],
  ['EISDIR', `There is a folder of that name: ${ELSEWHERE}`],
  ['EEXIST', `There is a file where a folder is needed: ${ELSEWHERE}`],
  ['ENOTDIR', `There is a file where a folder is needed: ${ELSEWHERE}`],
]);

/**
 * Writes to the disk; a failure becomes a message that says what to do.
 * @param path of the file, for the message
 * @throws CliError where the disk refuses
 */
export async function explainDiskError<Result>(
  path: string,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    const remedy = REMEDIES.get(code) ?? `The path cannot be used: ${ELSEWHERE}`;
    throw new CliError(`${path} could not be written (${reasonOf(error)}). ${remedy}`);
  }
}

/** The code of an error of Node's, `ENOENT`; null for any other error. */
const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/**
 * Writes a file, whole or not at all; one of that name is replaced.
 * @throws CliError where the disk refuses
 */
export function writeFile(
  path: string,
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  return explainDiskError(path, async () => {
    // A device or a pipe cannot be replaced: /dev/stdout.
    const found = await stat(path).catch(() => null);
    const replaceable = found === null || found.isFile();
    const target = replaceable ? `${path}.tmp` : path;
    const removeFolders = await makeFolder(dirname(path));
    try {
      await pipeline(Readable.from(content), createWriteStream(target));
      if (replaceable) await rename(target, path);
    } finally {
      if (replaceable) await rm(target, { force: true });
      await removeFolders();
    }
  });
}
