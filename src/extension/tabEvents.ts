import type { RecordRequest } from './messages.ts';
import type { Ending, NewSession, Recording } from './tabState.ts';

/** What happens to a tab. */
export type TabEvent =
  /** The background runs again after it was killed; the state is what was saved. */
  | { type: 'background restarted' }
  | { type: 'record requested'; request: RecordRequest; newSession: NewSession }
  | { type: 'arm requested'; request: RecordRequest }
  | { type: 'disarm requested' }
  | { type: 'stop requested' }
  | { type: 'devtools opened' }
  /** `newSession`: for the tab that waits for this to be recorded. */
  | { type: 'devtools closed'; newSession: NewSession }
  | { type: 'tab closed' }
  /** A chunk could not be stored: the disk is full, or the database is gone. */
  | { type: 'storing failed'; message: string }
  | { type: 'window failed'; message: string }
  /** All effects of the start are done. */
  | { type: 'recording started'; session: string }
  /** All effects of the stop are done. */
  | { type: 'session closed'; session: string }
  /** An effect failed, and those after it were not tried. `session`: their recording's, if any. */
  | { type: 'effect failed'; session: string | null; message: string };

/** What is to be done in the browser for a tab, or for all of them. Each may safely be repeated. */
export type BrowserEffect =
  /** Save the activities of all tabs. */
  | { type: 'save' }
  /** Fails where the extension has no access to the site. */
  | { type: 'check access'; site: string }
  | { type: 'create session'; recording: Recording }
  /** Register agent and bridge for the sites recorded now, and for no other. */
  | { type: 'register scripts' }
  | { type: 'isolate' }
  | { type: 'end isolation' }
  | { type: 'reload' }
  /** Put agent and bridge into the documents that the tab shows. */
  | { type: 'inject scripts' }
  | { type: 'stop pages' }
  | { type: 'wait for last chunks' }
  | { type: 'note mixed devtools'; session: string }
  | { type: 'close session'; session: string; ending: Ending }
  /** The recording never started: what there is of its session goes to the trash. */
  | { type: 'discard session'; session: string };

/** Effects of one transition are performed in order. `report`: those before it succeeded. */
export type Effect = BrowserEffect | { type: 'report'; event: TabEvent };
