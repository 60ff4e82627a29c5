import { version } from '../../package.json';
import { didYouMean } from '../text/didYouMean.ts';
import { CliError, reasonOf, UsageError } from './cliError.ts';
import type { Command } from './command.ts';
import { ab } from './commands/ab.ts';
import { check } from './commands/check.ts';
import { compare } from './commands/compare.ts';
import { exportCommand } from './commands/export.ts';
import { inspect } from './commands/inspect.ts';
import { record } from './commands/record.ts';
import { report } from './commands/report.ts';
import type { Io } from './io.ts';

const COMMANDS: readonly Command[] = [record, ab, compare, check, inspect, exportCommand, report];

const USAGE = `wasmscope: measures WebAssembly web apps.

${COMMANDS.map(({ name, summary }) => `  wasmscope ${name.padEnd(8)} ${summary}`).join('\n')}

  wasmscope COMMAND --help   says more
  wasmscope --version

Exit codes: 0 holds, 1 regression or budget broken, 2 could not measure or not comparable.`;

/**
 * The command line. Results go to `io.out`, all else to `io.err`.
 * @returns the exit code: 0 holds, 1 regression or budget broken, 2 could not measure or not comparable
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(USAGE);
    return 0;
  }
  if (name === '--version') {
    io.out(version);
    return 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (!command) {
    const names = COMMANDS.map((known) => known.name);
    io.err(`There is no command ${name}${didYouMean(name, names)}. Commands: ${names.join(', ')}.`);
    return 2;
  }
  if (rest.includes('--help')) {
    io.out(`wasmscope ${name}: ${command.summary}.\n\n${command.help}`);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof CliError) io.err(error.message);
    else
      io.err(`Wasmscope failed: ${reasonOf(error)}\n${error instanceof Error ? error.stack : ''}`);
    if (error instanceof UsageError) io.err(`wasmscope ${name} --help says how it is used.`);
    return 2;
  }
}
