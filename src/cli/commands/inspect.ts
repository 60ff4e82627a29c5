import { relative } from 'node:path';
import { metricsOf } from '../../metrics/metricsOf.ts';
import { summary } from '../../text/summary.ts';
import type { Command } from '../command.ts';
import { parse } from '../command.ts';
import { loadSession, sessionPaths } from '../sessionFiles.ts';

export const inspect: Command = {
  name: 'inspect',
  summary: 'prints what sessions say',
  help: `wasmscope inspect FILE|FOLDER… [--json]

  --json   every figure of each session, for machines`,
  async run(args, io) {
    const { values, positionals } = parse(args, { json: { type: 'boolean' } });
    const all: object[] = [];
    for (const [at, path] of sessionPaths(positionals, io.cwd).entries()) {
      const session = await loadSession(path, io);
      const file = relative(io.cwd, path);
      if (values.json) {
        all.push({ file, info: session.info, metrics: metricsOf(session) });
        continue;
      }
      if (at > 0) io.out('');
      io.out(file);
      for (const line of summary(session)) io.out(`  ${line}`);
    }
    if (values.json) io.out(JSON.stringify({ sessions: all }));
    return 0;
  },
};
