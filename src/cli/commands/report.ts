import { relative, resolve } from 'node:path';
import { version } from '../../../package.json';
import { pageOf } from '../../analysis/pageOf.ts';
import type { ReportData } from '../../export/reportData.ts';
import { smallSession } from '../../export/smallSession.ts';
import type { Session } from '../../session/model.ts';
import { refusals } from '../../text/comparisonText.ts';
import { summary } from '../../text/summary.ts';
import type { Command } from '../command.ts';
import { parse, text } from '../command.ts';
import { comparePages } from '../compare/comparePages.ts';
import { comparisonLines } from '../compare/comparisonOutput.ts';
import { reportPage } from '../report/reportPage.ts';
import { loadSessions } from '../sessionFiles.ts';
import { splitSides } from '../splitSides.ts';
import { writeFile } from '../writeFile.ts';

/** Sessions shown in full; each takes room. */
const SHOWN = 4;

export const report: Command = {
  name: 'report',
  summary: 'writes one HTML file that shows sessions, offline',
  help: `wasmscope report [options] FILE|FOLDER…
wasmscope report [options] BASE… -- HEAD…

  --out FILE     default: wasmscope-report.html
  --title TEXT   default: the first session's name

With two sides they are compared, too. Of more than ${SHOWN} sessions, ${SHOWN} are shown in full.`,
  async run(args, io) {
    const options = { out: { type: 'string' }, title: { type: 'string' } } as const;
    const { before, after } = splitSides(args);
    const first = parse(before, options);
    const second = after && parse(after, options);
    const values = { ...first.values, ...second?.values };
    const baseline = await loadSessions(first.positionals, io);
    const candidate = second ? await loadSessions(second.positionals, io) : [];
    const comparisons = second ? comparePages(baseline, candidate) : [];
    const shown = second
      ? [
          ...labelled(firstOfEach(baseline), 'baseline'),
          ...labelled(firstOfEach(candidate), 'candidate'),
        ]
      : labelled(baseline.slice(0, SHOWN), null);
    const [example] = second ? candidate : baseline;
    const data: ReportData = {
      title: text(values, 'title') ?? (example?.info.name || example?.info.page || 'Wasmscope'),
      made: Date.now(),
      version,
      sessions: shown.map(({ label, side, session }) => ({
        label,
        side,
        page: pageOf(session),
        small: smallSession(session),
      })),
      comparisons,
    };
    const left = baseline.length + candidate.length - shown.length;
    if (left > 0)
      io.err(
        `${shown.length} sessions are shown in full; ${left} are left out${second ? ', but for the comparison' : ''}.`,
      );
    for (const { page, comparison } of comparisons)
      for (const reason of refusals(comparison)) io.err(`${page}: ${reason}`);
    const plain = [
      ...comparisons.flatMap((page) => comparisonLines(page, false)),
      ...shown.flatMap(({ session }) => summary(session)),
    ];
    const out = resolve(io.cwd, text(values, 'out') ?? 'wasmscope-report.html');
    await writeFile(out, [reportPage(data, plain)]);
    io.out(relative(io.cwd, out));
    return 0;
  },
};

type Side = ReportData['sessions'][number]['side'];

const labelled = (
  sessions: readonly Session[],
  side: Side,
): { label: string; side: Side; session: Session }[] =>
  sessions.map((session, at) => ({
    session,
    side,
    label: [side, `${at + 1}.`, session.info.name || session.info.page].filter(Boolean).join(' '),
  }));

/** Half of what is shown: of each page one, then the next. */
function firstOfEach(sessions: readonly Session[]): Session[] {
  const pages = [...new Set(sessions.map(pageOf))].map((page) =>
    sessions.filter((session) => pageOf(session) === page),
  );
  const longest = Math.max(0, ...pages.map(({ length }) => length));
  return Array.from({ length: longest }, (_, run) => pages.flatMap((runs) => runs[run] ?? []))
    .flat()
    .slice(0, SHOWN / 2);
}
