import { join, relative, resolve } from 'node:path';
import { validityOf } from '../../analysis/validity.ts';
import { failureLines } from '../../text/summary.ts';
import { UsageError } from '../cliError.ts';
import type { Command } from '../command.ts';
import { number, parse, text } from '../command.ts';
import { launchBrowser } from '../record/launchBrowser.ts';
import { RECORD_HELP, RECORD_OPTIONS, recordSetup } from '../record/recordOptions.ts';
import { recordRun } from '../record/recordRun.ts';
import { openTargets } from '../record/target.ts';
import { loadSession } from '../sessionFiles.ts';

const HELP = `wasmscope record URL|FILE… [options]
wasmscope record --serve DIR [PATH…] [options]

Writes a session file a page and run, and its name to stdout. Every realm is measured from
before its first script on: the page, frames, workers.

  --runs N              so many times, each in a fresh browser context (default: 1)
  --name NAME           of the sessions and files (default: from the URL)
  --json                one JSON object on stdout instead of file names

${RECORD_HELP}`;

export const record: Command = {
  name: 'record',
  summary: 'records pages into session files',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...RECORD_OPTIONS,
      runs: { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean' },
    });
    const setup = recordSetup(values, io.cwd);
    const runs = number(values, 'runs', 1, 1);
    const out = text(values, 'out') ?? '.';
    const { targets, close } = await openTargets(positionals, setup.serve);
    const written: { file: string; url: string; run: number; id: string }[] = [];
    try {
      const single = out.endsWith('.json');
      if (single && targets.length * runs > 1)
        throw new UsageError(
          '--out is a file, and more than one session is recorded: give a folder.',
        );
      const taken = new Set<string>();
      const plans = targets.flatMap(({ url, name: own }) => {
        const name = fresh(text(values, 'name') ?? own, taken);
        return Array.from({ length: runs }, (_, run) => {
          const file = `${fileName(name)}${runs > 1 ? `-${run + 1}` : ''}.wasmscope.json`;
          const path = single ? resolve(io.cwd, out) : join(resolve(io.cwd, out), file);
          return {
            ...setup.plan,
            url,
            name: runs > 1 ? `${name} ${run + 1}` : name,
            path,
            run: run + 1,
          };
        });
      });
      const launched = await launchBrowser(setup.launch);
      try {
        for (const plan of plans) {
          io.status(`Recording ${plan.name} (${written.length + 1} of ${plans.length}) …`);
          const { id } = await recordRun(launched.browser, plan, {
            crashed: launched.crashed,
            signal: io.signal,
            onWarning: (warning) => io.err(`${plan.name}: ${warning}`),
          });
          const file = relative(io.cwd, plan.path);
          const session = await loadSession(plan.path, io);
          for (const trouble of [...validityOf(session).warnings, ...failureLines(session)])
            io.err(`${plan.name}: ${trouble}`);
          written.push({ file, url: plan.url, run: plan.run, id });
          if (!values.json) io.out(file);
        }
      } finally {
        await launched.close();
      }
    } finally {
      await close();
    }
    if (values.json) io.out(JSON.stringify({ sessions: written }));
    return 0;
  },
};

/** Two pages of one name get files of their own. */
function fresh(name: string, taken: Set<string>): string {
  let made = name;
  for (let number = 2; taken.has(made); number++) made = `${name}-${number}`;
  taken.add(made);
  return made;
}

const fileName = (name: string): string =>
  name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'session';
