import { parseArgs } from 'node:util';
import { didYouMean } from '../text/didYouMean.ts';
import { UsageError } from './cliError.ts';

/** An option of a command: how its value is read, and what help says about it. */
export interface Option<Value> {
  /** The heading under which help lists it. */
  heading: string;
  /** What stands for the value in help, `FILE`; null for a flag. */
  placeholder: string | null;
  description: string;
  /** The default value as help shows it; null where the description says enough. */
  defaultText: string | null;
  /**
   * @param given the texts given for it, in order; a flag has an empty one for each time
   * @throws UsageError
   */
  read(given: readonly string[], name: string): Value;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of options, by name. */
export type Values<Of extends Options> = {
  [Name in keyof Of]: Of[Name] extends Option<infer Value> ? Value : never;
};

/** The arguments of a command, read. */
export interface Arguments<Of extends Options> {
  values: Values<Of>;
  positionals: string[];
  /** The positionals after `--`, where a command takes two sides; null if there is no `--`. */
  candidates: string[] | null;
}

interface Described {
  description: string;
  heading?: string;
}

const OPTIONS = 'Options';

/** An option without a value. */
export const flag = ({ description, heading = OPTIONS }: Described): Option<boolean> => ({
  heading,
  description,
  placeholder: null,
  defaultText: null,
  read: (given) => given.length > 0,
});

/** An option whose value is any text. */
export const text = ({
  description,
  heading = OPTIONS,
  placeholder,
}: Described & { placeholder: string }): Option<string | undefined> => ({
  heading,
  description,
  placeholder,
  defaultText: null,
  read: (given) => given.at(-1),
});

/** An option that may be given several times. */
export const texts = ({
  description,
  heading = OPTIONS,
  placeholder,
}: Described & { placeholder: string }): Option<readonly string[]> => ({
  heading,
  description,
  placeholder,
  defaultText: null,
  read: (given) => given,
});

interface NumberOption<Default> extends Described {
  placeholder: string;
  default: Default;
  /** The smallest value allowed; 0 if it is missing. */
  least?: number;
  whole?: boolean;
}

/** An option whose value is a number. */
export const number = <Default extends number | undefined>({
  description,
  heading = OPTIONS,
  placeholder,
  default: otherwise,
  least = 0,
  whole = false,
}: NumberOption<Default>): Option<number | Default> => ({
  heading,
  description,
  placeholder,
  defaultText: otherwise === undefined ? null : String(otherwise),
  read(given, name) {
    const last = given.at(-1);
    if (last === undefined) return otherwise;
    const value = Number(last);
    const valid = last.trim() !== '' && Number.isFinite(value) && value >= least;
    if (!valid || (whole && !Number.isInteger(value))) {
      const kind = whole ? 'a whole number' : 'a number';
      throw new UsageError(`--${name} must be ${kind} of at least ${least}, but is “${last}”.`);
    }
    return value;
  },
});

/** An option whose value is one of some words. */
export const choice = <Choice extends string>({
  description,
  heading = OPTIONS,
  placeholder,
  choices,
}: Described & { placeholder: string; choices: readonly Choice[] }): Option<
  Choice | undefined
> => ({
  heading,
  description: `${description}: ${choices.join(', ')}`,
  placeholder,
  defaultText: null,
  read(given, name) {
    const last = given.at(-1);
    const found = choices.find((word) => word === last);
    if (last !== undefined && found === undefined)
      throw new UsageError(`--${name} must be one of ${choices.join(', ')}, but is “${last}”.`);
    return found;
  },
});

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
