import type { Io } from '../../../src/cli/io.ts';
import { plain } from '../../../src/cli/io.ts';

/** An Io that keeps what was written. */
export function fakeIo(
  cwd = '.',
  env: Io['env'] = {},
): Io & { results: string[]; messages: string[] } {
  const results: string[] = [];
  const messages: string[] = [];
  return {
    results,
    messages,
    cwd,
    env,
    signal: new AbortController().signal,
    paint: plain,
    out: (line) => void results.push(line),
    err: (line) => void messages.push(line),
    status: (line) => void messages.push(line),
  };
}
