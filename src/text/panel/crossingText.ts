import { formatCount } from '../format.ts';

/** Sentences of the Crossings view. */
export const CROSSING_TEXT = {
  emptyTitle: 'No crossings recorded',
  empty:
    'No module with imports or exports was instantiated during the recording. Use Record, which reloads the page, so that Wasmscope is there before the page’s first script.',
  interval: '± is the 95 % confidence interval',
  onlyCalled: 'Hide functions that were measured but not called',
  select: 'Select a function to see its callers and callees.',
  noMatch: 'No function matches the filter. Clear the filter to see all functions.',
  /** All functions that match are hidden because nothing called them. */
  noneCalled: (hidden: number, isRanged: boolean): string =>
    `None of the ${formatCount(hidden)} functions was called${isRanged ? ' in the selected range' : ''}. Clear “Only called” to see them.`,
  notMeasured: (reason: string): string => `not measured: ${reason}`,
  notCounted: (reason: string): string => `Its calls were not counted: ${reason}.`,
  noCallers: 'It was not called.',
  noCallees: 'It made no calls across the boundary.',
  noFigures: 'Not measured.',
  outside: 'JavaScript outside any crossing',
  /** @param estimate with its interval, which includes 0 */
  uncertain: (estimate: string): string =>
    `${estimate}: too few calls were timed for a closer estimate. Record for longer.`,
} as const;
