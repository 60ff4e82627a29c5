import { offerFeature } from './page/patch.ts';
import { pageHooks } from './timeline/pageHooks.ts';
import { hookWorkersHeap } from './workers/hookWorkersHeap.ts';

/** Random for each build; finds the agent in this realm (patch.ts). */
declare const __WASMSCOPE_KEY__: string;

// The page's timeline, web vitals and the heap of its workers for the extension's agent. They are a
// separate script that runs after the agent: only documents need them, and the agent brings its own
// text into workers.
offerFeature(__WASMSCOPE_KEY__, () => ({ pageHooks, hookWorkersHeap }));
