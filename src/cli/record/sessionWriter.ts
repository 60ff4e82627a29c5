import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SegmentSink } from '../../recorder/recorder.ts';
import { readSession, writeSession } from '../../session/file.ts';
import type { SessionInfo } from '../../session/model.ts';
import { makeFolder } from '../makeFolder.ts';
import { told, writeFile } from '../writeFile.ts';

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
  let info = first;
  const known = new Set<string>();
  let removeFolder = async (): Promise<void> => {};
  const file = await told(path, async () => {
    removeFolder = await makeFolder(dirname(path));
    const handle = await open(part, 'w');
    const head = await writeSession(info, none()).next();
    await handle.write(head.value ?? '');
    return handle;
  });
  let separator = '';

  return {
    append: (_, segments) =>
      told(path, async () => {
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
        await told(path, () => file.close());
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
      await removeFolder();
    },
  };
}

async function* none(): AsyncGenerator<never> {}
