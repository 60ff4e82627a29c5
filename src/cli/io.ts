import * as util from 'node:util';

/** How text on a terminal is emphasised. */
export type Emphasis = 'good' | 'bad' | 'unsure' | 'heading' | 'faint';
export type Paint = (emphasis: Emphasis, text: string) => string;

/** What the command line talks to: results go to `out`, everything else to `err`. */
export interface Io {
  /** A line of results. */
  out(line: string): void;
  /** A line for people: a warning, an error, what was done. */
  err(line: string): void;
  /** What is under way. On a terminal it replaces the status before it; elsewhere it is a line. */
  status(text: string): void;
  /** Emphasises text of a result; leaves it as it is where results are not read on a terminal. */
  paint: Paint;
  /** Where relative paths start. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user asks to end (Ctrl-C). */
  signal: AbortSignal;
}

const FORMATS = {
  good: 'green',
  bad: 'red',
  unsure: 'yellow',
  heading: 'bold',
  faint: 'dim',
} as const satisfies Record<Emphasis, Parameters<typeof util.styleText>[0]>;

/** Leaves text as it is. */
export const plain: Paint = (_, text) => text;

const coloured: Paint = (emphasis, text) =>
  text === '' ? '' : util.styleText(FORMATS[emphasis], text);

/** Node before 20.12 has no `styleText`: text has no colours there. */
const hasStyles = 'styleText' in util;

/** The process's own streams. @param signal aborted when the user asks to end */
export function processIo(signal: AbortSignal): Io {
  const { stdout, stderr } = process;
  const terminal = stderr.isTTY && !process.env.CI;
  let status = '';
  const clear = (): void => {
    if (status !== '') stderr.write('\r\x1b[K');
    status = '';
  };
  return {
    cwd: process.cwd(),
    env: process.env,
    signal,
    // hasColors() respects NO_COLOR and FORCE_COLOR.
    paint: hasStyles && stdout.isTTY && stdout.hasColors() ? coloured : plain,
    out(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    err(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    status(text) {
      if (text === status) return;
      if (!terminal) {
        stderr.write(`${text}\n`);
        return;
      }
      clear();
      status = text.slice(0, Math.max((stderr.columns ?? 80) - 1, 10));
      stderr.write(status);
    },
  };
}
