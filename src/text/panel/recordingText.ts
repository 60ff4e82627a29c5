/** What isolation does to the page, for those who decide about it. */
const ISOLATION_EFFECTS =
  'Sign-in and payment pop-ups lose their connection to the page, frames from other sites may stay empty, and images from other sites load without cookies. To end it, press Stop and reload the page.';

/** Sentences of the recording controls. */
export const RECORDING_TEXT = {
  record: 'Reload the page and record it from its first script',
  attach:
    'Start recording now, without reloading; modules that are already loaded are not measured',
  noPage: 'To record, open a page and click Wasmscope’s button in the browser’s toolbar',
  arm: 'While DevTools are open, WebAssembly runs slowly. Wasmscope waits until you close them, then reloads the page and records it until you open them again',
  armed: 'Close DevTools to start: the page is then reloaded and recorded',
  keepQuery: 'Keep the query and fragment of recorded URLs, which are removed otherwise',
  copies:
    'Count the strings and bytes that scripts copy into and out of WebAssembly memories; this slows each such call slightly',
  isolate: `Record with a clock resolution of 5 µs instead of 100 µs, and with the JS heap of workers. ${ISOLATION_EFFECTS}`,
  willIsolate: `Record will isolate the page; Record without reloading cannot. ${ISOLATION_EFFECTS}`,
  openWindow:
    'Continue in a separate window, so that you can close DevTools and WebAssembly runs at full speed',
  fullSpeed: 'This page’s wasm runs at full speed',
  devToolsSlow: 'DevTools slow this page’s wasm down',
  /** @param times as `about 9 times` */
  slowedBy: (times: string): string => `DevTools make this page’s wasm ${times} slower`,
} as const;
