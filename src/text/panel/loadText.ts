/** Sentences of the Load view. */
export const LOAD_TEXT = {
  emptyTitle: 'No module was loaded',
  empty:
    'The page created no WebAssembly module during the recording. Modules that were loaded before a recording are not measured: use Record, which reloads the page.',
  emptyRangeTitle: 'No module was loaded in this range',
  emptyRange: 'Clear the range to see all modules.',
  noUrl: 'created from bytes, so it has no URL',
  otherRealm: 'another realm',
  otherRealmPosted: 'another realm, which posted it here',
  noBytes:
    'The module’s bytes are not available: it was loaded before the recording or outside the measured realms.',
  notRead:
    'The module’s bytes have not been read, as it streamed into the engine. When the recording stops, they are read from the browser’s cache if they are there.',
  noFeatures: 'none beyond WebAssembly 1.0',
} as const;
