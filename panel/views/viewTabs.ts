import type { ViewId } from '../state/appState.ts';
import { SESSION_VIEWS } from './sessionViews.ts';

/** The panel's tabs: the views of the open session, and the comparison with other sessions. */
export const VIEW_TABS: readonly { id: ViewId; title: string }[] = [
  ...SESSION_VIEWS,
  { id: 'compare', title: 'Compare' },
];

/** Id of the element in which a tab's view is shown. */
export const VIEW_PANEL = 'view';
