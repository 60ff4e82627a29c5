import { join, relative, resolve } from 'node:path';
import { failedRequests } from '../../analysis/failedRequests.ts';
import { validityOf } from '../../analysis/validity/validityOf.ts';
import { failureLines } from '../../text/failureLines.ts';
import { warningText } from '../../text/warningText.ts';
import { UsageError } from '../cliError.ts';
import { defineCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { number, text } from '../options.ts';
import { launchBrowser } from '../record/launchBrowser.ts';
import type { RecordSetup } from '../record/recordOptions.ts';
import { RECORD_OPTIONS, recordSetup } from '../record/recordOptions.ts';
import { recordRun } from '../record/recordRun.ts';
import type { RunPlan } from '../record/runPlan.ts';
import type { Target } from '../record/target.ts';
import { openTargets } from '../record/target.ts';
import { loadSession } from '../sessionFiles.ts';

export const record = defineCommand({
  name: 'record',
  summary: 'record pages into session files',
  usage: [
    'wasmscope record URL|FILE… [options]',
    'wasmscope record --serve FOLDER [PATH…] [options]',
  ],
  details:
    'Writes one session file for each page and run, and prints its name. The page, its frames and\nits workers are measured from before their first script.',
  options: {
    runs: number({
      placeholder: 'NUMBER',
      description: 'How many times to record each page, each time in a fresh browser context',
      default: 1,
      least: 1,
      whole: true,
    }),
    name: text({
      placeholder: 'NAME',
      description: 'The name of sessions and files (default: from the URL)',
    }),
    out: text({
      placeholder: 'PATH',
      description:
        'A folder, or the name of the file (*.json) if only one is recorded (default: the current folder)',
    }),
    ...RECORD_OPTIONS,
  },
  async run({ values, positionals }, io) {
    const setup = recordSetup(values, io.cwd);
    const { targets, close } = await openTargets(positionals, setup.serve);
    try {
      const plans = planRuns(targets, setup, values, io.cwd);
      const sessions = await recordAll(plans, setup, io);
      return { code: 0, data: { sessions } };
    } finally {
      await close();
    }
  },
});

interface NumberedPlan extends RunPlan {
  /** From 1. */
  run: number;
}

interface Naming {
  runs: number;
  name: string | undefined;
  out: string | undefined;
}

/** Every run of every page, with a file of its own. @throws UsageError */
function planRuns(
  targets: readonly Target[],
  setup: RecordSetup,
  { runs, name, out = '.' }: Naming,
  cwd: string,
): NumberedPlan[] {
  const path = resolve(cwd, out);
  const isFile = out.endsWith('.json');
  if (isFile && targets.length * runs > 1)
    throw new UsageError(
      `--out ${out} is a file, but ${targets.length * runs} sessions are recorded. Give a folder.`,
    );
  const taken = new Set<string>();
  return targets.flatMap((target) => {
    const unique = uniqueName(name ?? target.name, taken);
    return Array.from({ length: runs }, (_, index) => {
      const run = index + 1;
      const file = `${fileName(unique)}${runs > 1 ? `-${run}` : ''}.wasmscope.json`;
      return {
        ...setup.plan,
        url: target.url,
        name: runs > 1 ? `${unique} ${run}` : unique,
        path: isFile ? path : join(path, file),
        run,
      };
    });
  });
}

/** A recorded session, as `--json` prints it. */
interface Recorded {
  file: string;
  url: string;
  run: number;
  /** Of the session. */
  id: string;
}

async function recordAll(
  plans: readonly NumberedPlan[],
  setup: RecordSetup,
  io: Io,
): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const { browser, crashed, close } = await launchBrowser(setup.launch);
  try {
    for (const [index, plan] of plans.entries()) {
      io.status(`Recording ${plan.name} (${index + 1} of ${plans.length}) …`);
      const warn = (text: string): void => io.err(`${plan.name}: ${text}`);
      const { id } = await recordRun(browser, plan, {
        crashed,
        signal: io.signal,
        onWarning: warn,
      });
      const session = await loadSession(plan.path, io);
      validityOf(session).warnings.map(warningText).forEach(warn);
      failureLines(failedRequests(session)).forEach(warn);
      const file = relative(io.cwd, plan.path);
      io.out(file);
      recorded.push({ file, url: plan.url, run: plan.run, id });
    }
  } finally {
    await close();
  }
  return recorded;
}

/** Two pages of the same name get names of their own. */
function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`;
  taken.add(unique);
  return unique;
}

const fileName = (name: string): string =>
  name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'session';
