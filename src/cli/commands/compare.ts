import { UsageError } from '../cliError.ts';
import { defineCommand } from '../command.ts';
import { COMPARE_OPTIONS, compareOptions } from '../compare/compareOptions.ts';
import { comparePages } from '../compare/comparePages.ts';
import { comparisonGate } from '../compare/comparisonGate.ts';
import { comparisonLines } from '../compare/comparisonLines.ts';
import { exitCode } from '../output/gateLine.ts';
import { gateOutput } from '../output/gateOutput.ts';
import { loadSessions } from '../sessionFiles.ts';

export const compare = defineCommand({
  name: 'compare',
  summary: 'compare sessions recorded earlier',
  usage: ['wasmscope compare BASELINE… -- CANDIDATE… [options]'],
  details:
    'Each side is any number of session files or folders; sessions of the same page are its runs.\nEnds with code 1 if something got worse. docs/statistics.md describes the method.',
  options: COMPARE_OPTIONS,
  twoSides: true,
  async run({ values, positionals, candidates }, io) {
    if (!candidates)
      throw new UsageError(
        'Which sides? Give the baseline, two dashes, and the candidate: wasmscope compare before -- after.',
      );
    const baseline = await loadSessions(positionals, io);
    const candidate = await loadSessions(candidates, io);
    const pages = comparePages(baseline, candidate, compareOptions(values));
    const lines = pages.flatMap(comparisonGate);
    const code = exitCode(lines);
    for (const page of pages)
      for (const line of comparisonLines(page, { all: values.all, paint: io.paint })) io.out(line);
    await gateOutput('Wasmscope comparison', lines, values, io);
    return { code, data: { code, pages } };
  },
});
