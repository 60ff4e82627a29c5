import type { Session, Span } from '../session/model.ts';

/** What kept the page's thread for 50 ms or more: long animation frames where the browser tells of them, else long tasks. */
export const longTasks = ({ spans }: Session): Span[] =>
  spans.filter(({ kind }) => kind === 'longtask' || kind === 'long-animation-frame');
