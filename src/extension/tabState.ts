import type { RecordingStatus, RecordMode, RecordRequest } from './messages.ts';
import { sitePattern } from './site.ts';

// What the background knows about a tab. All of it is plain data: it is saved as it is, and a
// background that was killed goes on from there.

/** The recording of a tab. */
export interface Recording {
  session: string;
  /** Address for the session's list, without query and fragment unless they are to be kept. */
  page: string;
  /** Match pattern of the recorded site. */
  site: string;
  /** Epoch ms. */
  since: number;
  mode: RecordMode;
  settings: RecordRequest['settings'];
  /** Whether DevTools were open; `mixed`: for a part of the recording. */
  devtools: 'open' | 'closed' | 'mixed';
  /** It ends when DevTools are opened. */
  untilDevtools: boolean;
}

/** How a recording ends. `reason`: a sentence. */
export type Ending = { state: 'complete' } | { state: 'cut'; reason: string };

/** What goes on in a tab. */
export type Activity =
  | { kind: 'idle' }
  /** Waits until DevTools are closed, to record then. */
  | { kind: 'armed'; request: RecordRequest }
  /** `ending`: set when it is to end as soon as it has started. */
  | { kind: 'starting'; recording: Recording; ending: Ending | null }
  | { kind: 'recording'; recording: Recording }
  /** The pages' last chunks are awaited, then the session is closed. */
  | { kind: 'stopping'; recording: Recording; ending: Ending }
  | { kind: 'failed'; message: string; session: string | null };

export interface TabState {
  devtools: 'open' | 'closed';
  activity: Activity;
}

/** An activity that must outlive the background. */
export type SavedActivity = Exclude<Activity, { kind: 'idle' | 'failed' }>;

export const IDLE: Activity = { kind: 'idle' };
export const INITIAL_TAB: TabState = { devtools: 'closed', activity: IDLE };

/** Identifies a new recording: what the reducer cannot make up, as it is pure. */
export interface NewSession {
  id: string;
  /** Epoch ms. */
  time: number;
}

export function newRecording(
  { url, mode, settings }: RecordRequest,
  { id, time }: NewSession,
  devtools: TabState['devtools'],
  untilDevtools: boolean,
): Recording {
  const page = new URL(url);
  if (!settings.keepQuery) {
    page.search = '';
    page.hash = '';
  }
  return {
    session: id,
    page: page.href,
    site: sitePattern(url),
    since: time,
    mode,
    settings,
    devtools,
    untilDevtools,
  };
}

/** The activity if it must outlive the background, else null. */
export function savedActivity(activity: Activity): SavedActivity | null {
  return activity.kind === 'idle' || activity.kind === 'failed' ? null : activity;
}

/** The session that the activity records to, or recorded to; null where there is none. */
export function sessionOf(activity: Activity): string | null {
  switch (activity.kind) {
    case 'idle':
    case 'armed':
      return null;
    case 'starting':
    case 'recording':
    case 'stopping':
      return activity.recording.session;
    case 'failed':
      return activity.session;
    default:
      return activity satisfies never;
  }
}

/** The recording for which the tab's pages are to run agents, if there is one. */
export function activeRecording({ activity }: TabState): Recording | null {
  return activity.kind === 'starting' || activity.kind === 'recording' ? activity.recording : null;
}

/** Match patterns of the sites that are being recorded in any tab. */
export function recordedSites(tabs: ReadonlyMap<number, TabState>): string[] {
  const sites = new Set<string>();
  for (const tab of tabs.values()) {
    const recording = activeRecording(tab);
    if (recording) sites.add(recording.site);
  }
  return [...sites];
}

/** What the tab's panels and its toolbar button show. */
export function statusOf({ activity }: TabState): RecordingStatus {
  switch (activity.kind) {
    case 'idle':
    case 'armed':
    case 'starting':
      return { state: activity.kind };
    case 'recording': {
      const { session, since, mode } = activity.recording;
      return { state: 'recording', session, since, mode };
    }
    case 'stopping':
      return { state: 'stopping', session: activity.recording.session };
    case 'failed':
      return { state: 'failed', message: activity.message, session: activity.session };
    default:
      return activity satisfies never;
  }
}
