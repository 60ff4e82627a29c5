import { version } from '../../package.json';
import { didYouMean } from '../text/didYouMean.ts';
import { CliError, reasonOf, UsageError } from './cliError.ts';
import type { Command, CommandResult } from './command.ts';
import { ab } from './commands/ab.ts';
import { check } from './commands/check.ts';
import { compare } from './commands/compare.ts';
import { exportCommand } from './commands/export.ts';
import { inspect } from './commands/inspect.ts';
import { record } from './commands/record.ts';
import { report } from './commands/report.ts';
import { commandHelp } from './help.ts';
import type { Io } from './io.ts';

const COMMANDS: readonly Command[] = [record, ab, compare, check, inspect, exportCommand, report];

const HELP = `wasmscope: measure WebAssembly web apps

  wasmscope COMMAND [options]

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}`).join('\n')}

  wasmscope COMMAND --help   Show what a command does, and its options
  wasmscope --version        Show the version

Exit codes:
  0  passed
  1  a regression, or a failed budget
  2  something could not be read, measured or compared, or is undecided`;

/**
 * The command line. Results go to `io.out`, everything else to `io.err`.
 * @param args without the program's name
 */
export async function main(args: readonly string[], io: Io): Promise<CommandResult> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(HELP);
    return { code: 0, data: null };
  }
  if (name === '--version') {
    io.out(version);
    return { code: 0, data: { version } };
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    const names = COMMANDS.map((one) => one.name);
    io.err(`There is no command ${name}${didYouMean(name, names)}. Commands: ${names.join(', ')}.`);
    return { code: 2, data: null };
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(commandHelp(command));
    return { code: 0, data: null };
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    for (const line of errorLines(error, name)) io.err(line);
    return { code: 2, data: null };
  }
}

function errorLines(error: unknown, command: string): string[] {
  if (error instanceof UsageError)
    return [error.message, `Run wasmscope ${command} --help to see how it is used.`];
  if (error instanceof CliError) return [error.message];
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return [`Wasmscope failed: ${reasonOf(error)}. This is a bug; please report it.`, stack];
}
