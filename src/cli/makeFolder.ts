import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder and those above it. @returns takes back what was made of them and is empty */
export async function makeFolder(path: string): Promise<() => Promise<void>> {
  const first = await mkdir(path, { recursive: true });
  return async () => {
    if (first === undefined) return;
    for (let folder = path; folder.length >= first.length; folder = dirname(folder)) {
      const gone = await rmdir(folder).then(
        () => true,
        () => false,
      ); // it holds something by now
      if (!gone) return;
    }
  };
}
