import { startAgent } from './agent.ts';
import { pageHooks } from './timeline/pageHooks.ts';

/**
 * Random for each build: a second evaluation finds the first without leaving a trace in the page.
 */
declare const __WASMSCOPE_KEY__: string;

startAgent(__WASMSCOPE_KEY__, { pageHooks });
