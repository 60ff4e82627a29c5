#!/usr/bin/env node
import { processIo } from './io.ts';
import { main } from './main.ts';

// The reader of the results may stop reading: `wasmscope inspect … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const stopped = new AbortController();
// The first signal ends what is under way and cleans up; a second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => stopped.abort());
const { code } = await main(process.argv.slice(2), processIo(stopped.signal));
process.exitCode = code;
