import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Values } from '../command.ts';
import { text } from '../command.ts';
import type { Io } from '../io.ts';
import { writeFile } from '../writeFile.ts';
import type { GateLine } from './gateLine.ts';
import { annotations, jobSummary } from './github.ts';
import { junit } from './junit.ts';

/** Options of every command that gates. */
export const GATE_OPTIONS = {
  json: { type: 'boolean' },
  junit: { type: 'string' },
  github: { type: 'boolean' },
} as const;

export const GATE_HELP = `  --json         the result as one JSON object on stdout
  --junit FILE   the result as JUnit XML too
  --github       annotations and, within a workflow, a table in the job's summary`;

/** Writes what was asked for beside the result itself. */
export async function gateOutput(
  title: string,
  lines: readonly GateLine[],
  values: Values,
  io: Io,
): Promise<void> {
  const file = text(values, 'junit');
  if (file !== undefined) await writeFile(resolve(io.cwd, file), [junit(lines)]);
  if (!values.github) return;
  for (const line of annotations(lines)) io.err(line);
  const { GITHUB_STEP_SUMMARY: summary } = io.env;
  if (summary) await appendFile(summary, jobSummary(title, lines));
}
