import { offerFeature } from './page/patch.ts';
import { pageHooks } from './timeline/pageHooks.ts';
import { hookWorkersHeap } from './workers/hookWorkersHeap.ts';

/** Random for each build: with it the agent in the realm is found (patch.ts). */
declare const __WASMSCOPE_KEY__: string;

// The page's timeline, web vitals and the heap of its workers for the extension's agent, in a script of their own that runs after it: only
// documents have them, and the agent brings its own text into workers.
offerFeature(__WASMSCOPE_KEY__, () => ({ pageHooks, hookWorkersHeap }));
