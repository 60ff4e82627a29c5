import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { flag } from './options.ts';
import type { Arguments } from './readArguments.ts';
import { readArguments } from './readArguments.ts';

/** 0: passed; 1: a regression or a failed budget; 2: it could not be measured, or is not known. */
export type ExitCode = 0 | 1 | 2;

/** What a command found. */
export interface CommandResult {
  code: ExitCode;
  /** The result for machines: what `--json` prints. Null if there is none. */
  data: object | null;
}

/** One command of the command line. */
export interface Command {
  name: string;
  /** One line for the list of commands, in the imperative. */
  summary: string;
  /** How it is called: `wasmscope inspect FILE|FOLDER… [options]`. */
  usage: readonly string[];
  /** What help says before the options. */
  details: string;
  /** What help says after the options: a list that is longer than they are. */
  notes?: string;
  options: Options;
  /**
   * Lines for people go to `io.out` as they are found; they are not printed with `--json`.
   * @throws CliError
   */
  run(args: readonly string[], io: Io): Promise<CommandResult>;
}

const COMMON_OPTIONS = {
  json: flag({ description: 'Print the result as one JSON object instead of text' }),
  help: flag({ description: 'Show this help' }),
};

interface Definition<Own extends Options> extends Omit<Command, 'options' | 'run'> {
  options: Own;
  /** Whether `--` separates the files of a baseline from those of a candidate. */
  twoSides?: boolean;
  run(args: Arguments<Own>, io: Io): Promise<CommandResult>;
}

/** A command with its options read, checked and typed. */
export function defineCommand<Own extends Options>(definition: Definition<Own>): Command {
  const { options: own, twoSides = false, run, ...rest } = definition;
  const options = { ...own, ...COMMON_OPTIONS };
  return {
    ...rest,
    options,
    run: async (args, io) => {
      const { values, ...sides } = readArguments(args, options, twoSides);
      const result = await run({ ...sides, values }, values.json ? { ...io, out() {} } : io);
      if (values.json && result.data !== null) io.out(JSON.stringify(result.data));
      return result;
    },
  };
}
