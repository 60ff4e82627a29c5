import type { Io } from '../../../src/cli/io.ts';

/** An Io that keeps what is said. */
export function fakeIo(cwd = '.', env: Io['env'] = {}): Io & { result: string[]; told: string[] } {
  const result: string[] = [];
  const told: string[] = [];
  return {
    result,
    told,
    cwd,
    env,
    signal: new AbortController().signal,
    out: (line) => void result.push(line),
    err: (line) => void told.push(line),
    status: (line) => void told.push(line),
  };
}
