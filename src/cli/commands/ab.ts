import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { COMPARE_OPTIONS, compareOptions } from '../compare/compareOptions.ts';
import { comparisonGate } from '../compare/comparisonGate.ts';
import { comparisonLines } from '../compare/comparisonLines.ts';
import type { AbPlan } from '../compare/recordInTurn.ts';
import { recordInTurn } from '../compare/recordInTurn.ts';
import { openSides } from '../compare/sides.ts';
import type { Values } from '../options.ts';
import { flag, number, text } from '../options.ts';
import { exitCode } from '../output/gateLine.ts';
import { gateOutput } from '../output/gateOutput.ts';
import { launchBrowser } from '../record/launchBrowser.ts';
import { RECORD_OPTIONS, recordSetup } from '../record/recordOptions.ts';

const AB_OPTIONS = {
  'serve-a': text({ placeholder: 'FOLDER', description: 'Serve this folder for A' }),
  'serve-b': text({ placeholder: 'FOLDER', description: 'Serve this folder for B' }),
  precision: number({
    placeholder: 'PERCENT',
    description: 'Stop once every timing is known to within ± this, at 95 % confidence',
    default: 3,
    least: 0.01,
  }),
  'ignore-below': number({
    placeholder: 'MS',
    description: 'Do not wait for timings shorter than this',
    default: 1,
  }),
  time: number({
    placeholder: 'MINUTES',
    description: 'Stop after this time even if timings are less precise',
    default: 10,
  }),
  'min-runs': number({
    placeholder: 'NUMBER',
    description: 'The minimum number of runs per side',
    default: 6,
    least: 1,
    whole: true,
  }),
  'max-runs': number({
    placeholder: 'NUMBER',
    description: 'The maximum number of runs per side',
    default: 50,
    least: 1,
    whole: true,
  }),
  keep: flag({ description: 'Keep the session files' }),
  out: text({
    placeholder: 'FOLDER',
    description: 'Where --keep puts them (default: the current folder)',
  }),
};

export const ab = defineCommand({
  name: 'ab',
  summary: 'record two builds in turn until it is clear which is better',
  usage: [
    'wasmscope ab A B [options]',
    'wasmscope ab --serve-a FOLDER --serve-b FOLDER [PATH] [options]',
  ],
  details: `Records A B B A …, after one recording of each that is discarded, until every timing is
as precise as requested, or the time is up. A is the baseline, B the candidate. Ends with
code 1 if B is worse.`,
  options: { ...AB_OPTIONS, ...COMPARE_OPTIONS, ...RECORD_OPTIONS },
  async run({ values, positionals }, io) {
    const setup = recordSetup(values, io.cwd);
    const folder = values.keep
      ? resolve(io.cwd, values.out ?? '.')
      : await mkdtemp(join(tmpdir(), 'wasmscope-ab-'));
    try {
      const sides = await openSides(positionals, {
        folderA: values['serve-a'],
        folderB: values['serve-b'],
        serve: setup.serve,
      });
      try {
        const launched = await launchBrowser(setup.launch);
        try {
          const plan = { ...abPlan(values), folder, setup, sides };
          const comparison = await recordInTurn(launched, plan, io);
          const page = { page: `${sides.a.name} → ${sides.b.name}`, comparison };
          const lines = comparisonGate(page);
          const code = exitCode(lines);
          for (const line of comparisonLines(page, { all: values.all, paint: io.paint }))
            io.out(line);
          await gateOutput('Wasmscope A/B', lines, values, io);
          return { code, data: { code, pages: [page] } };
        } finally {
          await launched.close();
        }
      } finally {
        await sides.close();
      }
    } finally {
      if (!values.keep) await rm(folder, { recursive: true, force: true });
    }
  },
});

const abPlan = (
  values: Values<typeof AB_OPTIONS & typeof COMPARE_OPTIONS>,
): Omit<AbPlan, 'folder' | 'setup' | 'sides'> => ({
  precision: { share: values.precision / 100, least: values['ignore-below'] },
  patience: values.time * 60_000,
  minRuns: values['min-runs'],
  maxRuns: Math.max(values['max-runs'], values['min-runs']),
  keep: values.keep,
  compare: compareOptions(values),
});
