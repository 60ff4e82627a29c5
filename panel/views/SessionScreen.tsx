import type { Dispatch } from 'preact/hooks';
import type { RealmIndex, Session, TimeRange } from '../../src/session/model.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { RangeFields } from '../components/RangeFields.tsx';
import { RealmPicker } from '../components/RealmPicker.tsx';
import { Tabs } from '../components/Tabs.tsx';
import type { Actions } from '../state/actions.ts';
import type { AppAction, AppState } from '../state/appState.ts';
import type { OpenedSession } from '../state/followSession.ts';
import { SessionBar } from './sessions/SessionBar.tsx';
import { ViewScreen } from './ViewScreen.tsx';
import { VIEW_PANEL, VIEW_TABS } from './viewTabs.ts';

interface Props {
  store: SessionStore;
  state: AppState;
  opened: OpenedSession;
  /** The selected session, once it is read. */
  session: Session | null;
  theme: string;
  actions: Actions;
  dispatch: Dispatch<AppAction>;
  /** Null where the page cannot be recorded now. */
  onRecord: (() => void) | null;
}

/** The selected session: its name, the tabs, what narrows all views, and the open view. */
export function SessionScreen(props: Props) {
  const { state, session, actions, dispatch } = props;
  const info = state.sessions?.find(({ id }) => id === state.selected);
  const onRange = (range: TimeRange | null): void => dispatch({ type: 'ranged', range });
  const onRealm = (realm: RealmIndex | null): void => dispatch({ type: 'narrowed', realm });
  return (
    <main>
      {info && (
        <SessionBar
          key={info.id}
          info={info}
          busy={state.job !== null}
          onChange={(fields) => actions.change(info.id, fields)}
          onExport={(format) => actions.exportAs(info, format)}
        />
      )}
      {info && (
        <div class="tabs">
          <Tabs
            label="Views"
            tabs={VIEW_TABS}
            selected={state.view}
            controls={VIEW_PANEL}
            onSelect={(view) => dispatch({ type: 'viewed', view })}
          />
          <span class="grow" />
          {session && <RealmPicker session={session} realm={state.realm} onRealm={onRealm} />}
          {session && (
            <RangeFields range={state.range} duration={session.duration} onRange={onRange} />
          )}
        </div>
      )}
      <ViewScreen
        // A view of its own for every session, tab and realm; a new theme needs new drawings.
        key={`${state.selected} ${state.view} ${state.realm} ${props.theme}`}
        opened={props.opened}
        selected={state.selected}
        store={props.store}
        sessions={state.sessions}
        view={state.view}
        range={state.range}
        onRange={onRange}
        realm={state.realm}
        onRealm={onRealm}
        onRecord={props.onRecord}
      />
    </main>
  );
}
