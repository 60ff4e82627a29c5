import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SegmentSink } from '../../recorder/recorder.ts';
import { readSession, writeSession } from '../../session/file.ts';
import type { SessionInfo } from '../../session/model.ts';
import { makeFolder } from '../makeFolder.ts';
import { explainDiskError, writeFile } from '../writeFile.ts';

/** A session file that is being recorded. */
export interface SessionWriter extends SegmentSink {
  /**
   * Puts the whole file in its place; one of that name is replaced.
   * @throws CliError where the disk refuses
   */
  keep(): Promise<SessionInfo>;
  /** Removes everything that was made. */
  discard(): Promise<void>;
}

/**
 * Writes segments to `PATH.part` as they come: a session file without its end, which can be read if
 * this process dies.
 * @throws CliError where the disk refuses
 */
export async function createSessionWriter(
  path: string,
  first: SessionInfo,
): Promise<SessionWriter> {
  const part = `${path}.part`;
  const { file, removeFolders } = await explainDiskError(path, () => openPart(part, first));
  const written = new Set<string>();
  let info = first;
  let separator = '';
  return {
    append: (_, segments) =>
      explainDiskError(path, async () => {
        let lines = '';
        for (const segment of segments) {
          const key = `${segment.realm} ${segment.seq}`;
          if (written.has(key)) continue;
          written.add(key);
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
        await explainDiskError(path, () => file.close());
        const { segments } = await readSession(createReadStream(part, 'utf8'));
        await writeFile(path, writeSession(info, segments));
      } finally {
        await rm(part, { force: true });
      }
      return info;
    },
    async discard() {
      await file.close().catch(() => {});
      await rm(part, { force: true });
      await removeFolders();
    },
  };
}

async function openPart(
  part: string,
  info: SessionInfo,
): Promise<{ file: FileHandle; removeFolders: () => Promise<void> }> {
  const removeFolders = await makeFolder(dirname(part));
  try {
    const file = await open(part, 'w');
    const head = await writeSession(info, none()).next();
    await file.write(head.value ?? '');
    return { file, removeFolders };
  } catch (error) {
    await rm(part, { force: true });
    await removeFolders();
    throw error;
  }
}

async function* none(): AsyncGenerator<never> {}
