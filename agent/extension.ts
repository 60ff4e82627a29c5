import { startAgent } from './agent.ts';
import { hookCopies } from './crossings/hookCopies.ts';
import { createWorkerInjection } from './workers/workerInjection.ts';

/**
 * Random for each build: a second evaluation finds the first without leaving a trace in the page.
 */
declare const __WASMSCOPE_KEY__: string;

// The extension's agent. It has to bring itself into workers, which the command line does from
// outside the page (main.ts).
startAgent(__WASMSCOPE_KEY__, { createWorkerInjection, hookCopies });
