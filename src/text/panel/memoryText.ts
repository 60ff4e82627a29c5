/** Sentences of the Memory view. */
export const MEMORY_TEXT = {
  emptyTitle: 'No linear memory found',
  empty:
    'A memory appears here once a module that was loaded during the recording imports or exports one. Use Record, which reloads the page, so that no module is missed.',
  outside: 'outside any crossing',
  late: 'detected later, between crossings',
  noGrowth: 'The memory did not grow.',
  noGrowthInRange:
    'The memory did not grow in the selected range. Clear the range to see all grow calls.',
} as const;
