import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import type { Values } from '../options.ts';
import { flag, text } from '../options.ts';
import { writeFile } from '../writeFile.ts';
import type { GateLine } from './gateLine.ts';
import { annotations, jobSummary } from './github.ts';
import { junit } from './junit.ts';

/** Options of every command that ends with a verdict. */
export const GATE_OPTIONS = {
  junit: text({
    placeholder: 'FILE',
    description: 'Also write the verdict as JUnit XML',
  }),
  github: flag({
    description: 'Write annotations for GitHub and, in a workflow, a table for the job summary',
  }),
};

/** Writes a verdict in the other forms that were asked for. @throws CliError */
export async function gateOutput(
  title: string,
  lines: readonly GateLine[],
  options: Values<typeof GATE_OPTIONS>,
  io: Io,
): Promise<void> {
  if (options.junit !== undefined) await writeFile(resolve(io.cwd, options.junit), [junit(lines)]);
  if (!options.github) return;
  for (const line of annotations(lines)) io.err(line);
  const { GITHUB_STEP_SUMMARY: summary } = io.env;
  if (summary) await appendFile(summary, jobSummary(title, lines));
}
