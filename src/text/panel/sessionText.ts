/** Sentences about recorded sessions: the list, import and export, and what replaces a view. */
export const SESSION_TEXT = {
  import: 'Import session files; you can also drop them anywhere on this page',
  emptyList: 'Recorded sessions appear here. Drop a session file to import it.',
  recording: 'This session is being recorded.',
  cut: 'The recording ended without Stop. Data recorded until then is kept.',
  devtoolsOpen:
    'DevTools were open, which slows wasm down: times are too long, counts are exact. See Conditions in the Overview for how much.',
  attached: 'Modules that were loaded before the recording started are not measured.',
  attachedNotice:
    'Recorded without reloading: modules that were loaded before are not measured. Use Record to measure them.',
  namePlaceholder: 'Name this session',
  notePlaceholder: 'Add a note, such as the build you used',
  welcomeTitle: 'Record a page that uses WebAssembly',
  welcomeRecord:
    'Record reloads the page and measures it from its first script. Use the page, then press Stop. Load times, crossings, memory and network requests appear here during and after the recording.',
  welcomeElsewhere:
    'To record a page, open it and click Wasmscope’s button in the browser’s toolbar, or open the Wasmscope panel in its DevTools. You can also import session files here.',
  opening: 'Opening the session',
  openFailed: 'The session could not be read',
  gone: 'This session no longer exists. Choose another one from the list.',
  viewFailed: 'This view failed',
  viewFailedAdvice: 'The session itself is intact: export it as JSON and report this error.',
  exportedWhileRecording: 'It was exported while it was being recorded.',
  deleted: (title: string): string => `Deleted ${title}.`,
  notImported: (file: string): string => `${file} was not imported. `,
  notExported: 'The session was not exported. ',
  storeFailed: 'The recorded sessions cannot be opened',
  storeReset:
    'This deletes all recorded sessions on this computer. Exported sessions can be imported again afterwards.',
} as const;
