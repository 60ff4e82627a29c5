import { judge } from '../../budgets/judge.ts';
import type { PageResult } from '../../budgets/result.ts';
import { SUBJECTS } from '../../budgets/subject.ts';
import { budgetText } from '../../text/budgetText.ts';
import { budgetGate, budgetLines } from '../check/budgetLines.ts';
import { CONFIG_FILE, loadBudgets } from '../check/loadBudgets.ts';
import { CliError } from '../cliError.ts';
import { defineCommand } from '../command.ts';
import { text, texts } from '../options.ts';
import { exitCode } from '../output/gateLine.ts';
import { GATE_OPTIONS, gateOutput } from '../output/gateOutput.ts';
import { loadSessions } from '../sessionFiles.ts';

export const check = defineCommand({
  name: 'check',
  summary: 'check sessions against budgets',
  usage: ['wasmscope check FILE|FOLDER… [options]'],
  details: `Ends with code 1 if a budget failed, with code 2 if one could not be measured or decided.
Sessions of the same page are its runs: exact figures are judged by the worst run, timings by the
median, and their increase by its interval, corrected for the number of budgets. A session’s score
is the percentage of the decided budgets that it passes alone.`,
  notes: `Budgets can limit:\n${SUBJECTS.map((words) => `  ${words}`).join('\n')}\n  any other figure, by its id as inspect --json lists it`,
  options: {
    config: text({
      placeholder: 'FILE',
      description: `The budgets (default: ${CONFIG_FILE} in the current folder)`,
    }),
    baseline: texts({
      placeholder: 'FILE|FOLDER',
      description: 'Sessions to measure increases from; may be repeated',
    }),
    ...GATE_OPTIONS,
  },
  async run({ values, positionals }, io) {
    const config = loadBudgets(values.config, io);
    if (config.budgets.length === 0)
      throw new CliError(
        'No budget is set, so there is nothing to check. Add one to “budgets” in the configuration; wasmscope check --help lists what budgets can limit.',
      );
    const sessions = await loadSessions(positionals, io);
    const paths = values.baseline.length > 0 ? values.baseline : config.baseline;
    const baseline = paths.length > 0 ? await loadSessions(paths, io) : [];
    if (baseline.length === 0 && config.budgets.some(({ increase }) => increase))
      throw new CliError(
        'Some budgets limit an increase, but there is no baseline. Give one with --baseline, or name it in the configuration.',
      );
    const pages = judge(sessions, config.budgets, baseline);
    const lines = pages.flatMap(budgetGate);
    const code = exitCode(lines);
    for (const page of pages) for (const line of budgetLines(page, io.paint)) io.out(line);
    await gateOutput('Wasmscope budgets', lines, values, io);
    return { code, data: { code, pages: pages.map(withText) } };
  },
});

/** The result for machines, with the same words as for people. */
const withText = ({ results, ...page }: PageResult) => ({
  ...page,
  results: results.map((result) => ({ ...result, ...budgetText(result) })),
});
