import type { BackgroundClient, RecordingStatus } from '../../../src/extension/client.ts';

interface Options {
  place: BackgroundClient['place'];
  /** The session that is being recorded at first; null: none. */
  recording: string | null;
  /** Completes that session. */
  onStop(session: string): Promise<void>;
}

/** A background that cannot record, but knows every state of a recording. */
export function createGalleryClient({ place, recording, onStop }: Options): BackgroundClient {
  const listeners = new Set<(status: RecordingStatus) => void>();
  let status: RecordingStatus =
    recording === null
      ? { state: 'idle' }
      : { state: 'recording', session: recording, since: Date.now() - 30_000, mode: 'reload' };
  const become = (next: RecordingStatus): void => {
    status = next;
    for (const listener of listeners) listener(status);
  };
  return {
    theme: null,
    place,
    onStatus(listener) {
      listeners.add(listener);
      listener(status);
      return () => listeners.delete(listener);
    },
    async record() {
      throw new Error('The gallery cannot record.');
    },
    async arm() {
      become({ state: 'armed' });
    },
    disarm() {
      become({ state: 'idle' });
    },
    async openWindow() {
      throw new Error('The gallery has no other window.');
    },
    stop() {
      if (recording !== null) void onStop(recording).then(() => become({ state: 'idle' }));
    },
  };
}
