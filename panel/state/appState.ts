import type { RealmIndex, SessionInfo, TimeRange } from '../../src/session/model.ts';

export type ViewId = 'overview' | 'load' | 'crossings' | 'memory' | 'network' | 'flame' | 'compare';

/** A message that stays until it is closed. */
export interface Notice {
  id: number;
  tone: 'bad' | 'warning' | 'neutral';
  text: string;
}

/** Something long under way: an import or export; `done` from 0 to 1. */
export interface Job {
  label: string;
  done: number;
}

export interface AppState {
  /** Newest first; null until the store was read. */
  sessions: SessionInfo[] | null;
  selected: string | null;
  /** The session being recorded: selected even before the list has it. */
  recorded: string | null;
  view: ViewId;
  range: TimeRange | null;
  /** The realm that all views are narrowed to; null: all. */
  realm: RealmIndex | null;
  notices: Notice[];
  job: Job | null;
  /** The session deleted last, while that can be undone. */
  deleted: SessionInfo | null;
}

/** Nothing of a session is left out. */
const WHOLE: Pick<AppState, 'range' | 'realm'> = { range: null, realm: null };

export const INITIAL_STATE: AppState = {
  sessions: null,
  selected: null,
  recorded: null,
  view: 'overview',
  ...WHOLE,
  notices: [],
  job: null,
  deleted: null,
};

export type AppAction =
  | { type: 'listed'; sessions: SessionInfo[] }
  | { type: 'recorded'; session: string }
  | { type: 'selected'; session: string }
  | { type: 'viewed'; view: ViewId }
  | { type: 'ranged'; range: TimeRange | null }
  | { type: 'narrowed'; realm: RealmIndex | null }
  | { type: 'noticed'; tone: Notice['tone']; text: string }
  | { type: 'closed'; notice: number }
  | { type: 'working'; job: Job | null }
  | { type: 'deleted'; session: SessionInfo | null };

/** The panel's next state. Range and realm belong to a session: opening another clears them. */
export function reduceApp(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'listed': {
      const { sessions } = action;
      const kept =
        state.selected !== null &&
        (state.selected === state.recorded || sessions.some(({ id }) => id === state.selected));
      return kept
        ? { ...state, sessions }
        : { ...state, sessions, selected: sessions[0]?.id ?? null, ...WHOLE };
    }
    case 'recorded': {
      if (state.recorded === action.session) return state;
      // It records now: what an earlier try failed for is over.
      const notices = state.notices.filter(({ tone }) => tone !== 'bad');
      return { ...state, recorded: action.session, selected: action.session, ...WHOLE, notices };
    }
    case 'selected':
      return state.selected === action.session
        ? state
        : { ...state, selected: action.session, ...WHOLE };
    case 'viewed':
      return { ...state, view: action.view };
    case 'ranged':
      return { ...state, range: action.range };
    case 'narrowed':
      return { ...state, realm: action.realm };
    case 'noticed': {
      const { tone, text } = action;
      if (state.notices.some((notice) => notice.text === text)) return state;
      const id = Math.max(0, ...state.notices.map((notice) => notice.id)) + 1;
      return { ...state, notices: [...state.notices, { id, tone, text }] };
    }
    case 'closed':
      return { ...state, notices: state.notices.filter(({ id }) => id !== action.notice) };
    case 'working':
      return { ...state, job: action.job };
    case 'deleted': {
      const recorded = action.session?.id === state.recorded ? null : state.recorded;
      return { ...state, deleted: action.session, recorded };
    }
    default:
      return action satisfies never;
  }
}
