import { useCallback, useEffect, useMemo, useReducer } from 'preact/hooks';
import { validityOf } from '../src/analysis/validity/validityOf.ts';
import type { BackgroundClient } from '../src/extension/client.ts';
import { DEFAULT_SETTINGS } from '../src/protocol/defaultSettings.ts';
import type { SessionStore } from '../src/store/store.ts';
import { SESSION_TEXT } from '../src/text/panel/sessionText.ts';
import { Notices } from './components/Notices.tsx';
import { sessionTitle } from './components/sessionTitle.ts';
import { Toast } from './components/Toast.tsx';
import { useEscape } from './components/useEscape.ts';
import { useFileDrop } from './components/useFileDrop.ts';
import { GlossaryDialog } from './glossary/GlossaryDialog.tsx';
import { createActions } from './state/actions.ts';
import { INITIAL_STATE, reduceApp } from './state/appState.ts';
import { prepareFigures } from './state/figuresOf.ts';
import { useOpenedSession } from './state/useOpenedSession.ts';
import { useRecordingStatus } from './state/useRecordingStatus.ts';
import { useSessionList } from './state/useSessionList.ts';
import { Toolbar } from './toolbar/Toolbar.tsx';
import { SessionScreen } from './views/SessionScreen.tsx';
import { SessionList } from './views/sessions/SessionList.tsx';
import { sessionNotices } from './views/sessions/sessionNotices.ts';

interface Props {
  store: SessionStore;
  /** Null where the panel belongs to no tab: sessions can be read, but not recorded. */
  client: BackgroundClient | null;
  /** Changes when the theme does, as charts are drawn in its colours. */
  theme: string;
}

/** The whole panel. */
export function App({ store, client, theme }: Props) {
  const [state, dispatch] = useReducer(reduceApp, INITIAL_STATE);
  const actions = useMemo(() => createActions(store, client, dispatch), [store, client]);
  const status = useRecordingStatus(client, dispatch);
  const opened = useOpenedSession(store, state.selected);
  useSessionList(actions, status.state);
  useFileDrop(actions.importFiles);
  useEscape(useCallback(() => dispatch({ type: 'ranged', range: null }), []));

  const session = opened.state === 'ready' && opened.id === state.selected ? opened.session : null;
  const recorded = opened.state === 'ready' && opened.id === state.recorded ? opened.session : null;
  useEffect(() => (session ? prepareFigures(session) : undefined), [session]);
  const notices = state.notices.map(({ id, tone, text }) => ({
    key: id,
    tone,
    text,
    onClose: () => dispatch({ type: 'closed', notice: id }),
  }));
  const { deleted } = state;
  return (
    <div class="app">
      <Toolbar
        status={status}
        canRecord={client !== null}
        job={state.job}
        onRecord={actions.record}
        onStop={actions.stop}
        onDisarm={actions.disarm}
        inDevTools={
          client?.place === 'devtools'
            ? {
                onArm: actions.arm,
                onWindow: actions.openWindow,
                tier: recorded && validityOf(recorded).tier,
              }
            : null
        }
      />
      <Notices notices={session ? [...notices, ...sessionNotices(session)] : notices} />
      <SessionList
        sessions={state.sessions ?? []}
        selected={state.selected}
        onSelect={(id) => dispatch({ type: 'selected', session: id })}
        onDelete={actions.remove}
        onImport={actions.importFiles}
      />
      <SessionScreen
        store={store}
        state={state}
        opened={opened}
        session={session}
        theme={theme}
        actions={actions}
        dispatch={dispatch}
        onRecord={
          client && status.state === 'idle'
            ? () => actions.record('reload', DEFAULT_SETTINGS)
            : null
        }
      />
      <GlossaryDialog />
      {deleted && (
        <Toast
          text={SESSION_TEXT.deleted(sessionTitle(deleted))}
          onUndo={() => actions.restore(deleted)}
          onClose={() => dispatch({ type: 'deleted', session: null })}
        />
      )}
    </div>
  );
}
