import { startAgent } from './agent.ts';
import { hookCopies } from './crossings/hookCopies.ts';
import { createWorkerInjection } from './workers/workerInjection.ts';

/** Random for each build: lets a second evaluation find the first without leaving a trace in the page. */
declare const __WASMSCOPE_KEY__: string;

// The agent as the extension brings it into pages: it has to bring itself into their workers, which the command line
// does from outside (main.ts).
startAgent(__WASMSCOPE_KEY__, { createWorkerInjection, hookCopies });
