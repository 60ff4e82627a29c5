import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { BudgetConfig } from '../../budgets/config.ts';
import { ConfigError, readConfig } from '../../budgets/config.ts';
import { judge } from '../../budgets/judge.ts';
import type { PageResult } from '../../budgets/result.ts';
import { SUBJECTS } from '../../budgets/subjects.ts';
import { budgetLine, budgetText } from '../../text/budgetText.ts';
import { CliError, reasonOf } from '../cliError.ts';
import type { Command } from '../command.ts';
import { parse, text } from '../command.ts';
import type { Io } from '../io.ts';
import type { GateLine } from '../output/gateLine.ts';
import { exitCode } from '../output/gateLine.ts';
import { GATE_HELP, GATE_OPTIONS, gateOutput } from '../output/gateOutput.ts';
import { loadSessions } from '../sessionFiles.ts';

const CONFIG = 'wasmscope.config.json';
const OUTCOMES = {
  passed: 'holds',
  failed: 'broken',
  missing: 'not measured',
  undecided: 'undecided',
} as const;
const MARKS = { passed: '✓', failed: '✗', missing: '?', undecided: '?' };

export const check: Command = {
  name: 'check',
  summary: 'holds sessions against budgets',
  help: `wasmscope check FILE|FOLDER… [options]

  --config FILE  the budgets (default: ${CONFIG} here, else only: module size 5 MB)
  --baseline FILE|FOLDER
                 what increases are measured from; may be repeated
${GATE_HELP}

Sessions of one page are its runs: exact figures are judged by the worst run, timed ones by the
median, and their increase by its interval, corrected for the number of budgets. A score is the
share of the decided budgets that a session passes alone.

Budgets can be about:
${SUBJECTS.map((words) => `  ${words}`).join('\n')}`,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...GATE_OPTIONS,
      config: { type: 'string' },
      baseline: { type: 'string', multiple: true },
    });
    const { budgets, baseline } = loadConfig(text(values, 'config'), io);
    const sessions = await loadSessions(positionals, io);
    const given = (values.baseline as string[] | undefined) ?? baseline;
    const baselineSessions = given.length > 0 ? await loadSessions(given, io) : [];
    if (baselineSessions.length === 0 && budgets.some(({ increase }) => increase)) {
      throw new CliError(
        'Some budgets limit an increase, and there is no baseline. Give one with --baseline, or name it in the configuration.',
      );
    }
    const pages = judge(sessions, budgets, baselineSessions);
    const lines = pages.flatMap(linesOf);
    const code = exitCode(lines);
    if (values.json) io.out(JSON.stringify({ code, pages: pages.map(withText) }));
    else for (const page of pages) print(page, io);
    await gateOutput('Wasmscope budgets', lines, values, io);
    return code;
  },
};

/** @throws CliError that names the key */
function loadConfig(given: string | undefined, io: Io): BudgetConfig {
  const path = resolve(io.cwd, given ?? CONFIG);
  if (!existsSync(path)) {
    if (given !== undefined) throw new CliError(`--config is ${given}, and there is no such file.`);
    io.err(
      `There is no ${CONFIG} here: only the budget that holds without one is checked, module size at most 5 MB. --help lists what budgets can be about.`,
    );
    return readConfig({});
  }
  const name = relative(io.cwd, path);
  try {
    const config = readConfig(JSON.parse(readFileSync(path, 'utf8')));
    return { ...config, baseline: config.baseline.map((file) => resolve(dirname(path), file)) };
  } catch (error) {
    if (error instanceof ConfigError || error instanceof SyntaxError)
      throw new CliError(`${name}: ${reasonOf(error)}`);
    throw error;
  }
}

/** The result for machines, with the same words as for people. */
const withText = ({ results, ...page }: PageResult) => ({
  ...page,
  results: results.map((result) => ({ ...result, ...budgetText(result) })),
});

const linesOf = ({ page, results }: PageResult): GateLine[] =>
  results.map((result) => ({
    group: page,
    name: result.key,
    outcome: OUTCOMES[result.outcome],
    text: budgetLine(result),
  }));

function print({ page, results, scores }: PageResult, io: Io): void {
  io.out(page);
  const width = Math.max(...results.map(({ key }) => key.length), 0);
  for (const result of results)
    io.out(`  ${MARKS[result.outcome]} ${result.key.padEnd(width)}  ${budgetLine(result)}`);
  const missing = results.filter(({ outcome }) => outcome === 'missing').length;
  const without =
    missing > 0 ? `, without ${missing} of ${results.length} budgets that were not measured` : '';
  for (const { session, score } of scores)
    io.out(`  ${session}: ${score === null ? 'no score' : `score ${score} of 100${without}`}`);
}
