import { couldNotStart, cutShortWithProblem } from '../text/extensionMessages.ts';
import type { RecordRequest } from './messages.ts';
import type { Effect, TabEvent } from './tabEvents.ts';
import type { Activity, Ending, NewSession, Recording, TabState } from './tabState.ts';
import { IDLE, newRecording, savedActivity, sessionOf } from './tabState.ts';

/** What a tab is after an event, and what is to be done in the browser for that, in this order. */
export interface Transition {
  state: TabState;
  effects: readonly Effect[];
}

const COMPLETE: Ending = { state: 'complete' };
/** Leaves the browser as it was before the recording. */
const UNDO: readonly Effect[] = [{ type: 'end isolation' }, { type: 'register scripts' }];

/**
 * The life of a tab's recording. Pure: everything in the browser is done by the effects. What must
 * outlive the background is saved before any other effect, so that a killed one can go on.
 */
export function reduceTab(tab: TabState, event: TabEvent): Transition {
  const { state, effects } = transitionOf(tab, event);
  const saved = savedActivity(state.activity) === savedActivity(tab.activity);
  return { state, effects: saved ? effects : [{ type: 'save' }, ...effects] };
}

function transitionOf(tab: TabState, event: TabEvent): Transition {
  switch (event.type) {
    case 'background restarted':
      return resume(tab);
    case 'record requested':
      return isFree(tab) ? start(tab, event.request, event.newSession, false) : stay(tab);
    case 'arm requested':
      return isFree(tab) ? become(tab, { kind: 'armed', request: event.request }) : stay(tab);
    case 'disarm requested':
      return tab.activity.kind === 'armed' ? become(tab, IDLE) : stay(tab);
    case 'stop requested':
      return end(tab, COMPLETE);
    case 'tab closed':
      return isFree(tab) ? become(tab, IDLE) : end(tab, COMPLETE);
    case 'storing failed':
      return end(tab, { state: 'cut', reason: event.message });
    case 'window failed':
      return isFree(tab) ? fail(tab, event.message) : stay(tab);
    case 'devtools opened':
      return devtoolsOpened({ ...tab, devtools: 'open' });
    case 'devtools closed':
      return devtoolsClosed({ ...tab, devtools: 'closed' }, event.newSession);
    case 'recording started':
      return started(tab, event.session);
    case 'session closed':
      return closed(tab, event.session);
    case 'effect failed':
      return effectFailed(tab, event.session, event.message);
    default:
      return event satisfies never;
  }
}

const stay = (state: TabState): Transition => ({ state, effects: [] });

const become = (
  tab: TabState,
  activity: Activity,
  effects: readonly Effect[] = [],
): Transition => ({ state: { ...tab, activity }, effects });

const fail = (tab: TabState, message: string, effects?: readonly Effect[]): Transition =>
  become(tab, { kind: 'failed', message, session: null }, effects);

/** Whether nothing stands in the way of a new recording. */
const isFree = ({ activity: { kind } }: TabState): boolean =>
  kind === 'idle' || kind === 'armed' || kind === 'failed';

function start(
  tab: TabState,
  request: RecordRequest,
  newSession: NewSession,
  untilDevtools: boolean,
): Transition {
  const recording = newRecording(request, newSession, tab.devtools, untilDevtools);
  return become(tab, { kind: 'starting', recording, ending: null }, startEffects(recording));
}

function startEffects(recording: Recording): Effect[] {
  const { session, site, mode, settings } = recording;
  const reload: Effect[] = settings.isolated
    ? [{ type: 'isolate' }, { type: 'reload' }]
    : [{ type: 'reload' }];
  return [
    { type: 'check access', site },
    { type: 'create session', recording },
    { type: 'register scripts' },
    ...(mode === 'reload' ? reload : [{ type: 'inject scripts' } as const]),
    { type: 'report', event: { type: 'recording started', session } },
  ];
}

function started(tab: TabState, session: string): Transition {
  const { activity } = tab;
  if (activity.kind !== 'starting' || activity.recording.session !== session) return stay(tab);
  const { recording, ending } = activity;
  const recorded = become(tab, { kind: 'recording', recording });
  return ending ? end(recorded.state, ending) : recorded;
}

/** Ends the recording that there is; one that is starting ends once it has started. */
function end(tab: TabState, ending: Ending): Transition {
  const { activity } = tab;
  if (activity.kind === 'starting')
    return become(tab, { ...activity, ending: activity.ending ?? ending });
  if (activity.kind !== 'recording') return stay(tab);
  const { recording } = activity;
  return become(tab, { kind: 'stopping', recording, ending }, stopEffects(recording, ending));
}

function stopEffects({ session }: Recording, ending: Ending): Effect[] {
  return [
    ...UNDO,
    { type: 'stop pages' },
    { type: 'wait for last chunks' },
    { type: 'close session', session, ending },
    { type: 'report', event: { type: 'session closed', session } },
  ];
}

function closed(tab: TabState, session: string): Transition {
  const { activity } = tab;
  if (activity.kind !== 'stopping' || activity.recording.session !== session) return stay(tab);
  const { ending } = activity;
  if (ending.state === 'complete') return become(tab, IDLE);
  return become(tab, { kind: 'failed', message: ending.reason, session });
}

function devtoolsOpened(tab: TabState): Transition {
  const { activity } = tab;
  if (activity.kind !== 'starting' && activity.kind !== 'recording') return stay(tab);
  return activity.recording.untilDevtools ? end(tab, COMPLETE) : noteDevtools(tab);
}

function devtoolsClosed(tab: TabState, newSession: NewSession): Transition {
  const { activity } = tab;
  if (activity.kind === 'armed') return start(tab, activity.request, newSession, true);
  return noteDevtools(tab);
}

/** The session says `mixed` where DevTools were open for a part of the recording. */
function noteDevtools(tab: TabState): Transition {
  const { activity, devtools } = tab;
  if (activity.kind !== 'starting' && activity.kind !== 'recording') return stay(tab);
  const { recording } = activity;
  if (recording.devtools === devtools || recording.devtools === 'mixed') return stay(tab);
  return become(tab, { ...activity, recording: { ...recording, devtools: 'mixed' } }, [
    { type: 'note mixed devtools', session: recording.session },
  ]);
}

function effectFailed(tab: TabState, session: string | null, message: string): Transition {
  const { activity } = tab;
  // Of a recording before this one.
  if (session !== sessionOf(activity)) return stay(tab);
  switch (activity.kind) {
    case 'idle':
    case 'armed':
      return fail(tab, message);
    case 'starting':
      return fail(tab, couldNotStart(message), [
        ...UNDO,
        { type: 'discard session', session: activity.recording.session },
      ]);
    case 'recording':
      return end(tab, { state: 'cut', reason: message });
    case 'stopping':
      return stopFailed(tab, activity.recording, activity.ending, message);
    case 'failed':
      // While the traces of a failure were removed: the first message says more.
      return stay(tab);
    default:
      return activity satisfies never;
  }
}

/** What can still be undone is undone, and the session is closed if that is possible. */
function stopFailed(
  tab: TabState,
  { session }: Recording,
  ending: Ending,
  message: string,
): Transition {
  const reason = ending.state === 'cut' ? cutShortWithProblem(ending.reason, message) : message;
  return become(tab, { kind: 'failed', message: reason, session }, [
    ...UNDO,
    { type: 'close session', session, ending: { state: 'cut', reason } },
  ]);
}

/** Goes on with what a background was doing when it was killed: its effects may all be repeated. */
function resume(tab: TabState): Transition {
  const { activity } = tab;
  if (activity.kind === 'starting')
    return { state: tab, effects: startEffects(activity.recording) };
  if (activity.kind === 'stopping')
    return { state: tab, effects: stopEffects(activity.recording, activity.ending) };
  return stay(tab);
}
