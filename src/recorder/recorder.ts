import { readChunk } from '../protocol/chunk.ts';
import type { SessionInfo } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';

/** Stores the segments of a recorder. */
export interface SegmentSink {
  /** Resolves once the segments are durable. Skips segments that are already stored. */
  append(id: string, segments: readonly Segment[]): Promise<void>;
  update(id: string, change: Partial<Omit<SessionInfo, 'id'>>): Promise<SessionInfo>;
}

/** Turns chunks into sessions, whether an extension or the command line records. */
export interface Recorder {
  /**
   * Resolves once the chunk is stored durably. Only then may it be acknowledged.
   * @throws ProtocolError if the text is not a chunk, or whatever the sink rejects with
   */
  accept(session: string, chunkText: string): Promise<{ realm: string; seq: number }>;
  /** Waits for pending writes, then ends the session. */
  finish(session: string, state: 'complete' | 'cut', reason?: string): Promise<void>;
}

interface Queue {
  waiting: { segment: Segment; done: () => void; failed: (error: unknown) => void }[];
  writing: Promise<void> | null;
}

export function createRecorder(sink: SegmentSink): Recorder {
  const queues = new Map<string, Queue>();

  function queueOf(session: string): Queue {
    let queue = queues.get(session);
    if (!queue) {
      queue = { waiting: [], writing: null };
      queues.set(session, queue);
    }
    return queue;
  }

  /** Writes all waiting segments in one transaction, and repeats until none is waiting. */
  async function drain(session: string, queue: Queue): Promise<void> {
    while (queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0);
      try {
        await sink.append(
          session,
          batch.map(({ segment }) => segment),
        );
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    queue.writing = null;
  }

  return {
    async accept(session, chunkText) {
      const { protocol: _, ...segment } = readChunk(chunkText);
      const queue = queueOf(session);
      await new Promise<void>((done, failed) => {
        queue.waiting.push({ segment, done, failed });
        queue.writing ??= drain(session, queue);
      });
      return { realm: segment.realm, seq: segment.seq };
    },
    async finish(session, state, reason = '') {
      await queues.get(session)?.writing;
      queues.delete(session);
      await sink.update(session, { state, reason, ended: Date.now() });
    },
  };
}
