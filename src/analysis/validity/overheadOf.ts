import type { Realm, Session } from '../../session/model.ts';

/** What Wasmscope itself cost. */
export interface Overhead {
  /** ms */
  time: number;
  /** Of the time of the threads in which the agent ran, 0 to 1. */
  share: number;
}

/** The overhead over all realms. Each worker has a thread of its own; documents share one. */
export function overheadOf({ realms, duration }: Session): Overhead {
  const documents = realms.filter(isDocument);
  const workers = realms.filter((realm) => !isDocument(realm));
  const time = realms.reduce(
    (sum, { overhead }) => sum + overhead.crossings + overhead.hooks + overhead.handover,
    0,
  );
  const threads = workers.reduce(
    (sum, { lastSeen, offset }) => sum + Math.max(0, lastSeen - Math.max(0, offset)),
    documents.length > 0 ? duration : 0,
  );
  return { time, share: threads > 0 ? time / threads : 0 };
}

const isDocument = ({ kind }: Realm): boolean => kind === 'page' || kind === 'frame';
