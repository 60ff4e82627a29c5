import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { compareSessions } from '../../compare/compare.ts';
import type { Comparison } from '../../compare/model.ts';
import { refusalsOf } from '../../compare/refusalsOf.ts';
import type { Session } from '../../session/model.ts';
import { CliError, UsageError } from '../cliError.ts';
import type { Command, Values } from '../command.ts';
import { number, parse, text } from '../command.ts';
import { COMPARE_HELP, COMPARE_OPTIONS, compareOptions } from '../compare/compareOptions.ts';
import { comparisonGate, comparisonLines } from '../compare/comparisonOutput.ts';
import { openMetrics } from '../compare/settled.ts';
import type { Io } from '../io.ts';
import { exitCode } from '../output/gateLine.ts';
import { gateOutput } from '../output/gateOutput.ts';
import type { LaunchedBrowser } from '../record/launchBrowser.ts';
import { launchBrowser } from '../record/launchBrowser.ts';
import type { RecordSetup } from '../record/recordOptions.ts';
import { RECORD_HELP, RECORD_OPTIONS, recordSetup } from '../record/recordOptions.ts';
import { recordRun } from '../record/recordRun.ts';
import type { Targets } from '../record/target.ts';
import { openTargets } from '../record/target.ts';
import { loadSession } from '../sessionFiles.ts';

type Side = 'a' | 'b';
/** So that what drifts, drifts for both. */
const TURN: readonly Side[] = ['a', 'b', 'b', 'a'];

export const ab: Command = {
  name: 'ab',
  summary: 'records two builds or URLs in turn until it is known which is better',
  help: `wasmscope ab A B [options]
wasmscope ab --serve-a DIR --serve-b DIR [PATH] [options]

Records A B B A … , after one recording each that is thrown away, until every timing is known to
the precision asked for, or the time is up. A is the baseline. Ends with 1 where B is worse.

  --serve-a DIR, --serve-b DIR   folders with the two builds
  --precision P    half the width of a timing's 95 % interval that is enough, in % (default: 3)
  --ignore-below MS
                   timings shorter than this are not waited for (default: 1)
  --time MIN       at most so many minutes (default: 10)
  --min-runs N, --max-runs N     a side (default: 6, 50)
  --keep           keeps the session files in the folder of --out

${COMPARE_HELP}

${RECORD_HELP}`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...RECORD_OPTIONS,
      ...COMPARE_OPTIONS,
      'serve-a': { type: 'string' },
      'serve-b': { type: 'string' },
      precision: { type: 'string' },
      'ignore-below': { type: 'string' },
      time: { type: 'string' },
      'min-runs': { type: 'string' },
      'max-runs': { type: 'string' },
      keep: { type: 'boolean' },
    });
    const setup = recordSetup(values, io.cwd);
    const sides = await openSides(values, positionals, setup);
    const folder = values.keep
      ? resolve(io.cwd, text(values, 'out') ?? '.')
      : await mkdtemp(join(tmpdir(), 'wasmscope-ab-'));
    try {
      const launched = await launchBrowser(setup.launch);
      try {
        const comparison = await recordInTurn(launched, sides, { setup, folder, values, io });
        const page = {
          page: `${sides.a.targets[0]?.name} → ${sides.b.targets[0]?.name}`,
          comparison,
        };
        const lines = comparisonGate(page);
        const code = exitCode(lines);
        if (values.json) io.out(JSON.stringify({ code, pages: [page] }));
        else for (const line of comparisonLines(page, values.all === true)) io.out(line);
        await gateOutput('Wasmscope A/B', lines, values, io);
        return code;
      } finally {
        await launched.close();
      }
    } finally {
      await Promise.all([sides.a.close(), sides.b.close()]);
      if (!values.keep) await rm(folder, { recursive: true, force: true });
    }
  },
};

async function openSides(
  values: Values,
  positionals: readonly string[],
  { serve }: RecordSetup,
): Promise<Record<Side, Targets>> {
  const [folderA, folderB] = [text(values, 'serve-a'), text(values, 'serve-b')];
  if ((folderA === undefined) !== (folderB === undefined))
    throw new UsageError('Give both --serve-a and --serve-b, or neither.');
  if (folderA === undefined && serve.folder === undefined && positionals.length !== 2)
    throw new UsageError('Which two? Give two URLs or files, or --serve-a and --serve-b.');
  if (positionals.length > 2) throw new UsageError('Two are compared; more were given.');
  const [pathA, pathB = pathA] = positionals;
  const open = (path: string | undefined, folder: string | undefined): Promise<Targets> =>
    openTargets(path === undefined ? [] : [path], { ...serve, folder: folder ?? serve.folder });
  const a = await open(pathA, folderA);
  try {
    return { a, b: await open(pathB, folderB) };
  } catch (error) {
    await a.close();
    throw error;
  }
}

interface Plan {
  setup: RecordSetup;
  folder: string;
  values: Values;
  io: Io;
}

async function recordInTurn(
  launched: LaunchedBrowser,
  sides: Record<Side, Targets>,
  { setup, folder, values, io }: Plan,
): Promise<Comparison> {
  const precision = {
    share: number(values, 'precision', 3, 0.01) / 100,
    least: number(values, 'ignore-below', 1),
  };
  const end = Date.now() + number(values, 'time', 10) * 60_000;
  const least = number(values, 'min-runs', 6, 1);
  const most = Math.max(number(values, 'max-runs', 50, 1), least);
  const sessions: Record<Side, Session[]> = { a: [], b: [] };

  async function once(side: Side, name: string): Promise<string> {
    const target = sides[side].targets[0];
    if (!target) throw new CliError(`There is nothing to record for ${side.toUpperCase()}.`);
    const path = join(folder, `${name}.wasmscope.json`);
    await recordRun(
      launched.browser,
      { ...setup.plan, url: target.url, name, path },
      {
        crashed: launched.crashed,
        signal: io.signal,
        onWarning: (warning) => io.err(`${name}: ${warning}`),
      },
    );
    return path;
  }

  for (const side of ['a', 'b'] as const) {
    io.status(`Warming up ${side.toUpperCase()} …`);
    await rm(await once(side, `${side}-warm-up`));
  }
  let status = '';
  for (;;) {
    for (const side of TURN) {
      const run = sessions[side].length + 1;
      io.status(`Recording ${side.toUpperCase()}, run ${run}${status} …`);
      const path = await once(side, `${side}-${run}`);
      sessions[side].push(await loadSession(path, io));
      if (values.keep) io.err(relative(io.cwd, path));
    }
    if (sessions.a.length < least) continue;
    const comparison = compareSessions(sessions.a, sessions.b, {
      ...compareOptions(values),
      paired: 'yes',
      refused: refusalsOf(sessions.a, sessions.b),
    });
    const open = openMetrics(comparison, precision);
    status = `, ${open.length} timings not known yet`;
    if (open.length === 0) return comparison;
    if (Date.now() >= end || sessions.a.length >= most) {
      io.err(
        `${sessions.a.length} runs a side did not settle ${open.length} timings, e.g. ${open
          .slice(0, 3)
          .map(({ label }) => label)
          .join('; ')}. Give it longer with --time and --max-runs.`,
      );
      return comparison;
    }
  }
}
