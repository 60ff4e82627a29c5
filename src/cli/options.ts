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
