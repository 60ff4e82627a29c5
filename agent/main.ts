import { startAgent } from './agent.ts';
import { pageHooks } from './timeline/pageHooks.ts';

/** Random for each build: lets a second evaluation find the first without leaving a trace in the page. */
declare const __WASMSCOPE_KEY__: string;

startAgent(__WASMSCOPE_KEY__, { pageHooks });
