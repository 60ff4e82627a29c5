import type { FromPanel } from './messages.ts';
import type { TabEvent } from './tabEvents.ts';
import type { NewSession } from './tabState.ts';

/** What a panel's message means for the recording of its tab. */
export function panelEvent(
  message: Exclude<FromPanel, { type: 'watch' | 'window' }>,
  newSession: NewSession,
): TabEvent {
  switch (message.type) {
    case 'record': {
      const { url, mode, settings } = message;
      return { type: 'record requested', request: { url, mode, settings }, newSession };
    }
    case 'arm': {
      const { url, settings } = message;
      return { type: 'arm requested', request: { url, mode: 'reload', settings } };
    }
    case 'disarm':
      return { type: 'disarm requested' };
    case 'stop':
      return { type: 'stop requested' };
    default:
      return message satisfies never;
  }
}
