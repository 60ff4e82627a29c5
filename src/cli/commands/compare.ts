import { UsageError } from '../cliError.ts';
import type { Command } from '../command.ts';
import { parse } from '../command.ts';
import { COMPARE_HELP, COMPARE_OPTIONS, compareOptions } from '../compare/compareOptions.ts';
import { comparePages } from '../compare/comparePages.ts';
import { comparisonGate, comparisonLines } from '../compare/comparisonOutput.ts';
import { exitCode } from '../output/gateLine.ts';
import { gateOutput } from '../output/gateOutput.ts';
import { loadSessions } from '../sessionFiles.ts';
import { splitSides } from '../splitSides.ts';

export const compare: Command = {
  name: 'compare',
  summary: 'compares recordings made earlier',
  help: `wasmscope compare [options] BASE… -- HEAD…

Files or folders of sessions, any number of runs a side. docs/statistics.md says how they are
compared. Ends with 1 where something changed for the worse.

${COMPARE_HELP}`,
  async run(args, io) {
    const { before, after } = splitSides(args);
    const { values, positionals } = parse(before, COMPARE_OPTIONS);
    if (!after)
      throw new UsageError(
        'Which sides? Give the recordings before, two dashes, and those after: wasmscope compare before/*.json -- after/*.json.',
      );
    const sides = parse(after, COMPARE_OPTIONS);
    const options = { ...values, ...sides.values };
    const baseline = await loadSessions(positionals, io);
    const candidate = await loadSessions(sides.positionals, io);
    const pages = comparePages(baseline, candidate, compareOptions(options));
    const lines = pages.flatMap(comparisonGate);
    const code = exitCode(lines);
    if (options.json) io.out(JSON.stringify({ code, pages }));
    else
      for (const page of pages)
        for (const line of comparisonLines(page, options.all === true)) io.out(line);
    await gateOutput('Wasmscope comparison', lines, options, io);
    return code;
  },
};
