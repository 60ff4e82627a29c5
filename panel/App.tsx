import { useEffect, useErrorBoundary, useMemo, useReducer, useState } from 'preact/hooks';
import { ofRealm } from '../src/analysis/realms.ts';
import { validityOf } from '../src/analysis/validity.ts';
import type { BackgroundClient, RecordingStatus } from '../src/extension/client.ts';
import { DEFAULT_SETTINGS } from '../src/protocol/command.ts';
import type { RealmIndex, SessionInfo } from '../src/session/model.ts';
import type { SessionStore } from '../src/store/store.ts';
import { EmptyState } from './components/EmptyState.tsx';
import { Notices } from './components/Notices.tsx';
import { RangeFields } from './components/RangeFields.tsx';
import { RealmPicker } from './components/RealmPicker.tsx';
import { sessionTitle } from './components/sessionTitle.ts';
import { Tabs } from './components/Tabs.tsx';
import { Toast } from './components/Toast.tsx';
import { Toolbar } from './components/Toolbar.tsx';
import { createActions } from './state/actions.ts';
import type { ViewId } from './state/appState.ts';
import { INITIAL_STATE, reduceApp } from './state/appState.ts';
import { prepareFigures } from './state/figuresOf.ts';
import type { OpenedSession } from './state/followSession.ts';
import { followSession } from './state/followSession.ts';
import { CompareView } from './views/compare/CompareView.tsx';
import { OverviewView } from './views/overview/OverviewView.tsx';
import { SessionBar } from './views/sessions/SessionBar.tsx';
import { SessionList } from './views/sessions/SessionList.tsx';
import { sessionNotices } from './views/sessions/sessionNotices.ts';
import { SESSION_VIEWS } from './views/sessionViews.ts';
import type { ViewProps } from './views/view.ts';

/** The tab that is not about the open session alone. */
const TABS = [...SESSION_VIEWS, { id: 'compare', title: 'Compare' }] as const;

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
  const [status, setStatus] = useState<RecordingStatus>({ state: 'idle' });
  const [opened, setOpened] = useState<OpenedSession>({ state: 'none' });
  const actions = useMemo(() => createActions(store, client, dispatch), [store, client]);

  useEffect(
    () =>
      client?.onStatus((next) => {
        setStatus(next);
        if (next.state === 'recording') dispatch({ type: 'recorded', session: next.session });
        if (next.state === 'failed') dispatch({ type: 'noticed', tone: 'bad', text: next.message });
      }),
    [client],
  );

  // The list: on every change of the recording, once a second during one, and when another panel may have changed it.
  useEffect(() => {
    void actions.refresh();
    const refresh = (): void => void actions.refresh();
    const timer = status.state === 'recording' ? setInterval(refresh, 1000) : undefined;
    window.addEventListener('focus', refresh);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', refresh);
    };
  }, [actions, status.state]);

  useEffect(() => {
    if (state.selected === null) {
      setOpened({ state: 'none' });
      return undefined;
    }
    const end = new AbortController();
    void followSession(store, state.selected, setOpened, end.signal);
    return () => end.abort();
  }, [store, state.selected]);

  useEffect(() => {
    const clear = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented)
        dispatch({ type: 'ranged', range: null });
    };
    document.addEventListener('keydown', clear);
    return () => document.removeEventListener('keydown', clear);
  }, []);

  const info = state.sessions?.find(({ id }) => id === state.selected);
  const session = opened.state === 'ready' && opened.id === state.selected ? opened.session : null;
  const recorded = opened.state === 'ready' && opened.id === state.recorded ? opened.session : null;
  useEffect(() => (session ? prepareFigures(session) : undefined), [session]);
  const closable = state.notices.map(({ id, tone, text }) => ({
    key: id,
    tone,
    text,
    onClose: () => dispatch({ type: 'closed', notice: id }),
  }));
  return (
    <div
      class="app"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void actions.importFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Toolbar
        status={status}
        canRecord={client !== null}
        job={state.job}
        onRecord={(mode, settings) => void actions.record(mode, settings)}
        onStop={actions.stop}
        onDisarm={actions.disarm}
        inDevTools={
          client?.place === 'devtools'
            ? {
                onArm: (settings) => void actions.arm(settings),
                onWindow: () => void actions.openWindow(),
                tier: recorded && validityOf(recorded).tier,
              }
            : null
        }
      />
      <Notices notices={session ? [...closable, ...sessionNotices(session)] : closable} />
      <SessionList
        sessions={state.sessions ?? []}
        selected={state.selected}
        onSelect={(id) => dispatch({ type: 'selected', session: id })}
        onDelete={(deleted) => void actions.remove(deleted)}
        onImport={(files) => void actions.importFiles(files)}
      />
      <main>
        {info && (
          <SessionBar
            key={info.id}
            info={info}
            busy={state.job !== null}
            onChange={(fields) => void actions.change(info.id, fields)}
            onExport={(format) => void actions.exportAs(info, format)}
          />
        )}
        {info && (
          <div class="tabs">
            <Tabs
              label="Views"
              tabs={TABS}
              selected={state.view}
              onSelect={(view) => dispatch({ type: 'viewed', view })}
            />
            <span class="grow" />
            {session && (
              <RealmPicker
                session={session}
                realm={state.realm}
                onRealm={(realm) => dispatch({ type: 'narrowed', realm })}
              />
            )}
            {session && (
              <RangeFields
                range={state.range}
                duration={session.duration}
                onRange={(range) => dispatch({ type: 'ranged', range })}
              />
            )}
          </div>
        )}
        <Screen
          key={`${state.selected} ${state.view} ${state.realm} ${theme}`}
          opened={opened}
          selected={state.selected}
          loaded={state.sessions !== null}
          store={store}
          sessions={state.sessions ?? []}
          view={state.view}
          range={state.range}
          onRange={(range) => dispatch({ type: 'ranged', range })}
          realm={state.realm}
          onRealm={(realm) => dispatch({ type: 'narrowed', realm })}
          onRecord={
            client && status.state === 'idle'
              ? () => void actions.record('reload', DEFAULT_SETTINGS)
              : null
          }
        />
      </main>
      {state.deleted && (
        <Toast
          text={`Deleted ${sessionTitle(state.deleted)}.`}
          onUndo={() => state.deleted && void actions.restore(state.deleted)}
          onClose={() => dispatch({ type: 'deleted', session: null })}
        />
      )}
    </div>
  );
}

interface ScreenProps extends Omit<ViewProps, 'session'> {
  store: SessionStore;
  sessions: readonly SessionInfo[];
  opened: OpenedSession;
  selected: string | null;
  loaded: boolean;
  view: ViewId;
  /** The realm shown; null: all. */
  realm: RealmIndex | null;
  /** Null where the page cannot be recorded now. */
  onRecord: (() => void) | null;
}

/** The open view, or what stands in its place. */
function Screen({
  store,
  sessions,
  opened,
  selected,
  loaded,
  view,
  range,
  realm,
  onRange,
  onRealm,
  onRecord,
}: ScreenProps) {
  const [error, retry] = useErrorBoundary();
  if (error) {
    return (
      <EmptyState title="This view failed">
        <p>
          {error instanceof Error ? error.message : String(error)}. The session is kept: export it
          as JSON and report this.
        </p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </EmptyState>
    );
  }
  if (selected === null) return loaded ? <Welcome onRecord={onRecord} /> : <div class="view" />;
  if (view === 'compare') {
    return (
      <div class="view" id="view" role="tabpanel" aria-labelledby="tab-compare">
        <CompareView store={store} sessions={sessions} selected={selected} />
      </div>
    );
  }
  if (opened.state === 'failed')
    return (
      <EmptyState title="The session could not be read">
        <p>{opened.message}</p>
      </EmptyState>
    );
  if (opened.state !== 'ready' || opened.id !== selected) {
    return (
      <div class="view">
        <EmptyState title="Opening the session">
          <progress
            aria-label="Read so far"
            max={1}
            value={opened.state === 'loading' ? opened.done : 0}
          />
        </EmptyState>
      </div>
    );
  }
  const View = SESSION_VIEWS.find(({ id }) => id === view)?.View ?? OverviewView;
  return (
    <div class="view" id="view" role="tabpanel" aria-labelledby={`tab-${view}`} tabIndex={0}>
      <View
        session={ofRealm(opened.session, realm)}
        range={range}
        onRange={onRange}
        onRealm={onRealm}
      />
    </div>
  );
}

function Welcome({ onRecord }: { onRecord: (() => void) | null }) {
  return (
    <EmptyState title="Record a page that uses WebAssembly">
      <p>
        {onRecord
          ? 'Record reloads the page and measures it from its first script on. Use the page, then press Stop: loads, crossings, memory and network show here, while it records and after.'
          : 'Click Wasmscope’s button in the toolbar on a page, or choose its panel in DevTools there, to record it. Session files can be imported here.'}
      </p>
      {onRecord && (
        <button type="button" class="primary" onClick={onRecord}>
          Record this page
        </button>
      )}
    </EmptyState>
  );
}
