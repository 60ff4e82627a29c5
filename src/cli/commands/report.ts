import { relative, resolve } from 'node:path';
import { version } from '../../../package.json';
import { pageOf } from '../../analysis/pageOf.ts';
import { sessionSummary } from '../../analysis/sessionSummary.ts';
import type { ReportData } from '../../export/reportData.ts';
import { smallSession } from '../../export/smallSession.ts';
import type { Session } from '../../session/model.ts';
import { refusalLines } from '../../text/refusalLines.ts';
import { summaryText } from '../../text/summaryText.ts';
import { defineCommand } from '../command.ts';
import { comparePages } from '../compare/comparePages.ts';
import { comparisonLines } from '../compare/comparisonLines.ts';
import type { PageComparison } from '../compare/pageComparison.ts';
import { plain } from '../io.ts';
import { text } from '../options.ts';
import { reportPage } from '../report/reportPage.ts';
import { loadSessions } from '../sessionFiles.ts';
import { writeFile } from '../writeFile.ts';

/** How many sessions are shown in full; each makes the file larger. */
const SHOWN = 4;
const FILE = 'wasmscope-report.html';

export const report = defineCommand({
  name: 'report',
  summary: 'write one HTML file that shows sessions offline',
  usage: [
    'wasmscope report FILE|FOLDER… [options]',
    'wasmscope report BASELINE… -- CANDIDATE… [options]',
  ],
  details: `Prints the file’s name. With two sides, the file shows their comparison as well. At most ${SHOWN}\nsessions are shown in full.`,
  options: {
    out: text({ placeholder: 'FILE', description: `The file to write (default: ${FILE})` }),
    title: text({
      placeholder: 'TEXT',
      description: 'The title (default: the name of the first session)',
    }),
  },
  twoSides: true,
  async run({ values, positionals, candidates }, io) {
    const baseline = await loadSessions(positionals, io);
    const candidate = candidates ? await loadSessions(candidates, io) : [];
    const comparisons = candidates ? comparePages(baseline, candidate) : [];
    const shown = candidates
      ? [
          ...labelled(firstOfEachPage(baseline), 'baseline'),
          ...labelled(firstOfEachPage(candidate), 'candidate'),
        ]
      : labelled(baseline.slice(0, SHOWN), null);
    const omitted = baseline.length + candidate.length - shown.length;
    if (omitted > 0)
      io.err(
        `${shown.length} sessions are shown in full. The other ${omitted} are ${candidates ? 'in the comparison only' : 'left out'}.`,
      );
    for (const { page, comparison } of comparisons)
      for (const reason of refusalLines(comparison)) io.err(`${page}: ${reason}`);
    const data = reportData(shown, comparisons, values.title);
    const file = resolve(io.cwd, values.out ?? FILE);
    await writeFile(file, [reportPage(data, plainLines(shown, comparisons))]);
    io.out(relative(io.cwd, file));
    return { code: 0, data: { file: relative(io.cwd, file) } };
  },
});

type Side = ReportData['sessions'][number]['side'];

interface Shown {
  label: string;
  side: Side;
  session: Session;
}

const labelled = (sessions: readonly Session[], side: Side): Shown[] =>
  sessions.map((session, index) => ({
    session,
    side,
    label: [side, `${index + 1}.`, session.info.name || session.info.page]
      .filter(Boolean)
      .join(' '),
  }));

function reportData(
  shown: readonly Shown[],
  comparisons: readonly PageComparison[],
  title: string | undefined,
): ReportData {
  const example = shown.find(({ side }) => side !== 'baseline')?.session.info;
  return {
    title: title ?? (example?.name || example?.page || 'Wasmscope'),
    made: Date.now(),
    version,
    sessions: shown.map(({ label, side, session }) => ({
      label,
      side,
      page: pageOf(session),
      small: smallSession(session),
    })),
    comparisons: [...comparisons],
  };
}

/** What the report says without scripts. */
const plainLines = (shown: readonly Shown[], comparisons: readonly PageComparison[]): string[] => [
  ...comparisons.flatMap((page) => comparisonLines(page, { all: false, paint: plain })),
  ...shown.flatMap(({ session }) => summaryText(sessionSummary(session))),
];

/** Half of the sessions shown in full: the first run of each page, then the second, and so on. */
function firstOfEachPage(sessions: readonly Session[]): Session[] {
  const pages = [...new Set(sessions.map(pageOf))].map((page) =>
    sessions.filter((session) => pageOf(session) === page),
  );
  const longest = Math.max(0, ...pages.map(({ length }) => length));
  return Array.from({ length: longest }, (_, run) => pages.flatMap((runs) => runs[run] ?? []))
    .flat()
    .slice(0, SHOWN / 2);
}
