/** What the command line speaks to: results to `out`, all else to `err`. */
export interface Io {
  /** A line of results. */
  out(line: string): void;
  /** A line for people: warnings, what was done. */
  err(line: string): void;
  /** What is going on: on a terminal it replaces the line before, elsewhere it is a line of its own. */
  status(text: string): void;
  /** Relative paths start here. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user wants to end (Ctrl-C). */
  signal: AbortSignal;
}

/** The process's own streams. @param signal aborted when the user wants to end */
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
        status = '';
        stderr.write(`${text}\n`);
        return;
      }
      clear();
      status = text.slice(0, Math.max((stderr.columns ?? 80) - 1, 10));
      stderr.write(status);
    },
  };
}
