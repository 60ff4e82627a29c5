import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and its parents. One after the other, because Node's recursive `mkdir` never ends
 * where a file system such as /proc refuses with ENOENT.
 * @returns removes those of the folders made that are empty
 */
export async function makeFolder(path: string): Promise<() => Promise<void>> {
  const made: string[] = [];
  for (const folder of (await missingFolders(path)).reverse()) {
    if (await makeOne(folder)) made.push(folder);
  }
  return async () => {
    for (const folder of made.reverse()) {
      const removed = await rmdir(folder).then(
        () => true,
        () => false,
      );
      // It holds something by now, so its parents do as well.
      if (!removed) return;
    }
  };
}

/** The path and its parents as far as they do not exist, the innermost first. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const exists = await stat(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
    if (exists) return missing;
    missing.push(folder);
  }
  return missing;
}

/** @returns false if someone else made it meanwhile */
async function makeOne(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) return false;
    throw error;
  }
}
