import { basename, relative, resolve } from 'node:path';
import { version } from '../../../package.json';
import { summary } from '../../analysis/summary.ts';
import type { ReportData } from '../../export/reportData.ts';
import { smallSession } from '../../export/smallSession.ts';
import { parse, text } from '../command.ts';
import type { Command } from '../command.ts';
import { reportPage } from '../report/reportPage.ts';
import { loadSession, sessionPaths } from '../sessionFiles.ts';
import { writeFile } from '../writeFile.ts';

/** Sessions shown in full; each takes room. */
const SHOWN = 4;

export const report: Command = {
  name: 'report',
  summary: 'writes one HTML file that shows sessions, offline',
  help: `wasmscope report FILE|FOLDER… [--out FILE] [--title TEXT]

  --out FILE     default: wasmscope-report.html
  --title TEXT   default: the first session's name

Of more than ${SHOWN} sessions, the first ${SHOWN} are shown.`,
  async run(args, io) {
    const { values, positionals } = parse(args, { out: { type: 'string' }, title: { type: 'string' } });
    const paths = sessionPaths(positionals, io.cwd);
    const out = resolve(io.cwd, text(values, 'out') ?? 'wasmscope-report.html');
    const plain: string[] = [];
    const sessions: ReportData['sessions'] = [];
    let title = text(values, 'title');
    for (const path of paths.slice(0, SHOWN)) {
      const session = await loadSession(path, io);
      title ??= session.info.name || session.info.page;
      sessions.push({ label: `${sessions.length + 1}. ${session.info.name || basename(path)}`, small: smallSession(session) });
      plain.push(...summary(session), '');
    }
    if (paths.length > SHOWN) io.err(`Of ${paths.length} sessions, the first ${SHOWN} are shown.`);
    const data = { title: title ?? 'Wasmscope', made: Date.now(), version, sessions };
    await writeFile(out, [reportPage(data, plain)]);
    io.out(relative(io.cwd, out));
    return 0;
  },
};
