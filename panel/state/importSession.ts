import { readSession } from '../../src/session/file.ts';
import type { SessionInfo } from '../../src/session/model.ts';
import type { Segment } from '../../src/session/segment.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { StoreError } from '../../src/store/storeError.ts';
import { SESSION_TEXT } from '../../src/text/panel/sessionText.ts';

/** Segments stored in one transaction: each waits for the disk, so few large ones are faster. */
const BATCH = 32;

/**
 * Stores the session of a file, piece by piece. It keeps its id unless a session of that id is
 * here.
 * @returns the stored session, and what was wrong with the file's later part ('' for nothing)
 * @throws SessionFileError, StoreError: nothing of it stays in the list then
 */
export async function importSession(
  store: SessionStore,
  file: Blob,
  onProgress: (done: number) => void,
): Promise<{ info: SessionInfo; problem: string }> {
  const { info: head, segments, problem } = await readSession(textOf(file, onProgress));
  const info = await createFresh(store, {
    ...head,
    bytes: 0,
    segments: 0,
    ...(head.state === 'recording'
      ? { state: 'cut', reason: SESSION_TEXT.exportedWhileRecording }
      : {}),
  });
  try {
    let batch: Segment[] = [];
    for await (const segment of segments) {
      batch.push(segment);
      if (batch.length < BATCH) continue;
      await store.append(info.id, batch);
      batch = [];
    }
    if (batch.length > 0) await store.append(info.id, batch);
  } catch (error) {
    await store.trash(info.id);
    throw error;
  }
  if (problem() !== '') await store.update(info.id, { state: 'cut', reason: problem() });
  return { info: (await store.get(info.id)) ?? info, problem: problem() };
}

/** Under its own id, or under a new one where that is taken: in the list or in the trash. */
async function createFresh(store: SessionStore, info: SessionInfo): Promise<SessionInfo> {
  if (/^[\w-]{1,64}$/.test(info.id) && !(await store.get(info.id))) {
    try {
      await store.create(info);
      return info;
    } catch (error) {
      // Taken by one in the trash. Any other failure shows again below.
      if (!(error instanceof StoreError) || error.problem !== 'failed') throw error;
    }
  }
  const renamed = { ...info, id: crypto.randomUUID() };
  await store.create(renamed);
  return renamed;
}

async function* textOf(file: Blob, onProgress: (done: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = file.stream().getReader();
  let read = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      read += step.value.byteLength;
      onProgress(read / file.size);
      yield decoder.decode(step.value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await reader.cancel();
  }
}
