import { parseArgs } from 'node:util';
import { didYouMean } from '../text/didYouMean.ts';
import { UsageError } from './cliError.ts';
import type { Options, Values } from './options.ts';

/** The arguments of a command, read. */
export interface Arguments<Of extends Options> {
  values: Values<Of>;
  positionals: string[];
  /** The positionals after `--`, where a command takes two sides; null if there is no `--`. */
  candidates: string[] | null;
}

/**
 * Reads the arguments of a command.
 * @param twoSides whether `--` separates the files of a baseline from those of a candidate
 * @throws UsageError that names the option at fault
 */
export function readArguments<Of extends Options>(
  args: readonly string[],
  options: Of,
  twoSides: boolean,
): Arguments<Of> {
  const separator = twoSides ? args.indexOf('--') : -1;
  const before = split(separator < 0 ? args : args.slice(0, separator), options);
  const after = separator < 0 ? null : split(args.slice(separator + 1), options);
  const given = [...before.given, ...(after?.given ?? [])];
  const values = Object.entries(options).map(([name, option]) => {
    const texts = given.filter((one) => one.name === name).map(({ value }) => value);
    return [name, option.read(texts, name)];
  });
  return {
    // Each value has the type that its option's `read` returns.
    values: Object.fromEntries(values) as Values<Of>,
    positionals: before.positionals,
    candidates: after?.positionals ?? null,
  };
}

interface Given {
  name: string;
  value: string;
}

/** Options and positionals as they were given. */
function split(
  args: readonly string[],
  options: Options,
): { given: Given[]; positionals: string[] } {
  const types = Object.entries(options).map(
    ([name, { placeholder }]) =>
      [name, { type: placeholder === null ? 'boolean' : 'string' }] as const,
  );
  // Not strict, because Node's own messages are about its API.
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    tokens: true,
  });
  const given: Given[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') {
      const { name, rawName, value, inlineValue = false } = token;
      given.push({ name, value: givenValue({ name, rawName, value, inlineValue }, options) });
    }
  }
  return { given, positionals };
}

const dashed = (name: string): string => `--${name}`;

interface OptionToken {
  name: string;
  /** As it was written: `--runs`, `-r`. */
  rawName: string;
  value: string | undefined;
  /** Whether it was written `--name=value`. */
  inlineValue: boolean;
}

function givenValue({ name, rawName, value, inlineValue }: OptionToken, options: Options): string {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option)
    throw new UsageError(
      `There is no option ${rawName}${didYouMean(rawName, Object.keys(options).map(dashed))}.`,
    );
  if (option.placeholder === null) {
    if (inlineValue) throw new UsageError(`--${name} takes no value. Write it as --${name}.`);
    return '';
  }
  // `--out --json` forgot the folder, while `--duration -1` has a value.
  const forgotten = value === undefined || (!inlineValue && value.startsWith('--'));
  if (forgotten)
    throw new UsageError(`--${name} needs a value. Write it as --${name} ${option.placeholder}.`);
  return value;
}
