import type { Session, Span } from '../session/model.ts';

/**
 * What kept the page's thread busy for 50 ms or more: long animation frames where the browser
 * reports them, otherwise long tasks.
 */
export const longTasks = ({ spans }: Session): Span[] =>
  spans.filter(({ kind }) => kind === 'longtask' || kind === 'long-animation-frame');
