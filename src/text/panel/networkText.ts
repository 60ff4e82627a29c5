/** Sentences of the Network view. */
export const NETWORK_TEXT = {
  emptyTitle: 'No requests recorded',
  empty:
    'The page requested nothing during the recording. Use Record, which reloads the page, to see the requests that loading it takes.',
  select: 'Select a request to see its phases, sizes and chunks.',
  noMatch: 'No request matches the filter. Clear the filter to see all requests.',
  noMatchInRange: 'No request matches in the selected range. Clear the filter or the range.',
  focusRange: 'Limit all views to the time of this request',
  noTiming: 'No timing is available.',
} as const;
