#!/usr/bin/env node
import { processIo } from './io.ts';
import { main } from './main.ts';

// Whoever reads the results may have enough of them: `wasmscope inspect … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const ended = new AbortController();
// The first ends what is under way, and puts it away; the second ends the process, as it does by itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => ended.abort());
process.exitCode = await main(process.argv.slice(2), processIo(ended.signal));
