import { useErrorBoundary } from 'preact/hooks';
import { ofRealm } from '../../src/analysis/ofRealm.ts';
import type { RealmIndex, SessionInfo } from '../../src/session/model.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { SESSION_TEXT } from '../../src/text/panel/sessionText.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { TabPanel } from '../components/TabPanel.tsx';
import type { ViewId } from '../state/appState.ts';
import { errorMessage } from '../state/errorMessage.ts';
import type { OpenedSession } from '../state/followSession.ts';
import { CompareView } from './compare/CompareView.tsx';
import { OverviewView } from './overview/OverviewView.tsx';
import { SESSION_VIEWS } from './sessionViews.ts';
import type { ViewProps } from './view.ts';
import { VIEW_PANEL } from './viewTabs.ts';
import { Welcome } from './Welcome.tsx';

interface Props extends Omit<ViewProps, 'session'> {
  store: SessionStore;
  /** Null until the store was read. */
  sessions: readonly SessionInfo[] | null;
  opened: OpenedSession;
  selected: string | null;
  view: ViewId;
  /** The realm shown; null: all. */
  realm: RealmIndex | null;
  /** Null where the page cannot be recorded now. */
  onRecord: (() => void) | null;
}

/** The open view, or what replaces it: a welcome, progress, an error. */
export function ViewScreen(props: Props) {
  const { store, sessions, selected, view } = props;
  const [error, retry] = useErrorBoundary();
  if (error) {
    return (
      <EmptyState title={SESSION_TEXT.viewFailed}>
        <p role="alert">{errorMessage(error)}</p>
        <p>{SESSION_TEXT.viewFailedAdvice}</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </EmptyState>
    );
  }
  if (selected === null) {
    return sessions ? <Welcome onRecord={props.onRecord} /> : <div class="view" />;
  }
  if (view === 'compare') {
    return (
      <TabPanel class="view" id={VIEW_PANEL} tab={view}>
        <CompareView store={store} sessions={sessions ?? []} selected={selected} />
      </TabPanel>
    );
  }
  return <OpenedView {...props} selected={selected} view={view} />;
}

function OpenedView(props: Props & { selected: string }) {
  const { opened, selected, view, realm, range, onRange, onRealm } = props;
  if (opened.state === 'failed') {
    return (
      <EmptyState title={SESSION_TEXT.openFailed}>
        <p>{opened.message}</p>
      </EmptyState>
    );
  }
  if (opened.state !== 'ready' || opened.id !== selected) {
    const done = opened.state === 'loading' ? opened.done : 0;
    return (
      <div class="view">
        <EmptyState title={SESSION_TEXT.opening}>
          <progress aria-label="Progress" max={1} value={done} />
        </EmptyState>
      </div>
    );
  }
  const View = SESSION_VIEWS.find(({ id }) => id === view)?.View ?? OverviewView;
  const session = ofRealm(opened.session, realm);
  return (
    <TabPanel class="view" id={VIEW_PANEL} tab={view}>
      <View session={session} range={range} onRange={onRange} onRealm={onRealm} />
    </TabPanel>
  );
}
