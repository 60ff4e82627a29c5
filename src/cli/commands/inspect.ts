import { relative } from 'node:path';
import { sessionSummary } from '../../analysis/sessionSummary.ts';
import { metricsOf } from '../../metrics/metricsOf.ts';
import { summaryText } from '../../text/summaryText.ts';
import { defineCommand } from '../command.ts';
import { loadSession, sessionPaths } from '../sessionFiles.ts';

export const inspect = defineCommand({
  name: 'inspect',
  summary: 'summarise sessions',
  usage: ['wasmscope inspect FILE|FOLDER… [options]'],
  details:
    'Prints a few lines about each session; with --json, every figure of it.\nA folder stands for the session files in it.',
  options: {},
  async run({ positionals }, io) {
    const sessions: object[] = [];
    for (const path of sessionPaths(positionals, io.cwd)) {
      const session = await loadSession(path, io);
      const file = relative(io.cwd, path);
      if (sessions.length > 0) io.out('');
      io.out(io.paint('heading', file));
      for (const line of summaryText(sessionSummary(session))) io.out(`  ${line}`);
      sessions.push({ file, info: session.info, metrics: metricsOf(session) });
    }
    return { code: 0, data: { sessions } };
  },
});
