import type { ExportFormat } from '../../src/export/exports.ts';
import { EXPORTS } from '../../src/export/exports.ts';
import type { BackgroundClient, RecordMode } from '../../src/extension/client.ts';
import type { Settings } from '../../src/protocol/command.ts';
import type { SessionInfo } from '../../src/session/model.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { SESSION_TEXT } from '../../src/text/panel/sessionText.ts';
import type { AppAction } from './appState.ts';
import { errorMessage } from './errorMessage.ts';
import { exportSession } from './exportSession.ts';
import { importSession } from './importSession.ts';

/** What the user can do. A failure becomes a notice; no promise rejects. */
export interface Actions {
  refresh(): Promise<void>;
  record(mode: RecordMode, settings: Settings): Promise<void>;
  stop(): void;
  arm(settings: Settings): Promise<void>;
  disarm(): void;
  openWindow(): Promise<void>;
  change(id: string, fields: { name: string } | { note: string }): Promise<void>;
  remove(info: SessionInfo): Promise<void>;
  restore(info: SessionInfo): Promise<void>;
  importFiles(files: readonly File[]): Promise<void>;
  exportAs(info: SessionInfo, format: ExportFormat['id']): Promise<void>;
}

/** How long deleted sessions can be restored. */
const TRASH_MS = 86_400_000;

export function createActions(
  store: SessionStore,
  client: BackgroundClient | null,
  dispatch: (action: AppAction) => void,
): Actions {
  async function attempt(run: () => Promise<void>, before = ''): Promise<void> {
    try {
      await run();
    } catch (error) {
      dispatch({ type: 'noticed', tone: 'bad', text: before + errorMessage(error) });
    }
  }
  const refresh = (): Promise<void> =>
    attempt(async () => {
      dispatch({ type: 'listed', sessions: await store.list() });
    });
  /** Shows progress, at most twenty times a second. */
  function progress(label: string): (done: number) => void {
    let last = 0;
    dispatch({ type: 'working', job: { label, done: 0 } });
    return (done) => {
      const now = performance.now();
      if (now - last < 50) return;
      last = now;
      dispatch({ type: 'working', job: { label, done } });
    };
  }
  void attempt(() => store.purge(TRASH_MS));

  return {
    refresh,
    record: (mode, settings) =>
      attempt(async () => {
        await client?.record(mode, settings);
      }),
    stop: () => client?.stop(),
    arm: (settings) =>
      attempt(async () => {
        await client?.arm(settings);
      }),
    disarm: () => client?.disarm(),
    openWindow: () =>
      attempt(async () => {
        await client?.openWindow();
      }),
    change: (id, fields) =>
      attempt(async () => {
        await store.update(id, fields);
        await refresh();
      }),
    remove: (info) =>
      attempt(async () => {
        await store.trash(info.id);
        // Undo is offered once the session is gone from the list, not before.
        await refresh();
        dispatch({ type: 'deleted', session: info });
      }),
    restore: (info) =>
      attempt(async () => {
        await store.restore(info.id);
        dispatch({ type: 'deleted', session: null });
        await refresh();
        dispatch({ type: 'selected', session: info.id });
      }),
    async importFiles(files) {
      for (const file of files) {
        await attempt(async () => {
          const { info, problem } = await importSession(
            store,
            file,
            progress(`Importing ${file.name}`),
          );
          if (problem)
            dispatch({ type: 'noticed', tone: 'warning', text: `${file.name}: ${problem}` });
          await refresh();
          dispatch({ type: 'selected', session: info.id });
        }, SESSION_TEXT.notImported(file.name));
      }
      dispatch({ type: 'working', job: null });
    },
    async exportAs(info, id) {
      const format = EXPORTS.find((candidate) => candidate.id === id);
      if (!format) return;
      await attempt(async () => {
        await exportSession(store, info, format, progress(`Exporting ${format.label}`));
      }, SESSION_TEXT.notExported);
      dispatch({ type: 'working', job: null });
    },
  };
}
