import { readChunk } from '../protocol/chunk.ts';
import type { SessionInfo } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';

/** Where a recorder puts what it gets. */
export interface SegmentSink {
  /** Resolves once durable; harmless for a segment that is there already. */
  append(id: string, segments: readonly Segment[]): Promise<void>;
  update(id: string, change: Partial<Omit<SessionInfo, 'id'>>): Promise<SessionInfo>;
}

/** Chunks into sessions, whatever brought them. */
export interface Recorder {
  /**
   * Resolves once the chunk is stored durably: only then may it be acknowledged.
   * @throws ProtocolError for what is no chunk, or what the sink rejects with
   */
  accept(session: string, chunkText: string): Promise<{ realm: string; seq: number }>;
  /** Waits for what is under way, then ends the session. */
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

  /** Writes what is waiting, all of it in one transaction, until nothing is. */
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
