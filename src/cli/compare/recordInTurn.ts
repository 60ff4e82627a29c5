import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compareSessions } from '../../compare/compareSessions.ts';
import type { CompareOptions, Comparison, MetricComparison } from '../../compare/model.ts';
import { refusalsOf } from '../../compare/refusalsOf.ts';
import type { Session } from '../../session/model.ts';
import { formatCount } from '../../text/format.ts';
import type { Io } from '../io.ts';
import type { LaunchedBrowser } from '../record/launchBrowser.ts';
import type { RecordSetup } from '../record/recordOptions.ts';
import { recordRun } from '../record/recordRun.ts';
import { loadSession } from '../sessionFiles.ts';
import type { Precision } from './openMetrics.ts';
import { openMetrics } from './openMetrics.ts';
import type { Sides } from './sides.ts';

type Side = 'a' | 'b';
const SIDES: readonly Side[] = ['a', 'b'];
/** So that whatever drifts, drifts for both. */
const TURN: readonly Side[] = ['a', 'b', 'b', 'a'];

/** How two builds are recorded in turn. */
export interface AbPlan {
  setup: RecordSetup;
  sides: Sides;
  /** Where the session files go. */
  folder: string;
  /** Whether they stay, so that their names are of interest. */
  keep: boolean;
  precision: Precision;
  /** When to stop at the latest, ms from the first run. */
  patience: number;
  /** Runs of each side. */
  minRuns: number;
  maxRuns: number;
  compare: Partial<CompareOptions>;
}

/** Records both sides in turn until every timing is precise enough, or the time is up. */
export async function recordInTurn(
  launched: LaunchedBrowser,
  plan: AbPlan,
  io: Io,
): Promise<Comparison> {
  const end = Date.now() + plan.patience;
  for (const side of SIDES) {
    io.status(`Warming up ${side.toUpperCase()} …`);
    await rm(await recordSide(launched, plan, io, { side, name: `${side}-warm-up` }));
  }
  const sessions: Record<Side, Session[]> = { a: [], b: [] };
  let progress = '';
  for (;;) {
    for (const side of TURN) {
      const run = sessions[side].length + 1;
      io.status(`Recording ${side.toUpperCase()}, run ${run}${progress} …`);
      const path = await recordSide(launched, plan, io, { side, name: `${side}-${run}` });
      sessions[side].push(await loadSession(path, io));
      if (plan.keep) io.err(relative(io.cwd, path));
    }
    const runs = sessions.a.length;
    if (runs < plan.minRuns) continue;
    const comparison = compareSessions(sessions.a, sessions.b, {
      ...plan.compare,
      paired: 'yes',
      refused: refusalsOf(sessions.a, sessions.b),
    });
    const open = openMetrics(comparison, plan.precision);
    if (open.length === 0) return comparison;
    if (Date.now() >= end || runs >= plan.maxRuns) {
      io.err(unsettledText(runs, open));
      return comparison;
    }
    progress = `, ${timings(open.length)} still uncertain`;
  }
}

const timings = (count: number): string =>
  `${formatCount(count)} ${count === 1 ? 'timing' : 'timings'}`;

/** @returns the path of the session file */
async function recordSide(
  { browser, crashed }: LaunchedBrowser,
  { setup, sides, folder }: AbPlan,
  io: Io,
  { side, name }: { side: Side; name: string },
): Promise<string> {
  const path = join(folder, `${name}.wasmscope.json`);
  await recordRun(
    browser,
    { ...setup.plan, url: sides[side].url, name, path },
    { crashed, signal: io.signal, onWarning: (warning) => io.err(`${name}: ${warning}`) },
  );
  return path;
}

function unsettledText(runs: number, open: readonly MetricComparison[]): string {
  const examples = open
    .slice(0, 3)
    .map(({ label }) => label)
    .join('; ');
  return `After ${runs} runs per side, ${timings(open.length)} are less precise than requested, including ${examples}. Allow more runs with --time and --max-runs, or less precision with --precision.`;
}
