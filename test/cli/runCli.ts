import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSession } from '../../src/session/file.ts';
import { createFold } from '../../src/session/fold.ts';
import type { Session } from '../../src/session/model.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** What to do with the process once it has written this to stderr. */
  when?: [text: string, act: (pid: number) => void];
}

/** Runs the built command line. @throws Error if it is not built */
export function runCli(
  args: readonly string[],
  { cwd = repository, env = {}, when }: CliOptions = {},
): Promise<CliResult> {
  const path = join(process.env.WASMSCOPE_DIST ?? join(repository, 'dist'), 'cli.js');
  if (!existsSync(path)) throw new Error(`There is no ${path}: run \`npm run build\` first.`);
  const child = spawn(process.execPath, [path, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result: CliResult = { code: null, stdout: '', stderr: '' };
  let due = when;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
    if (!due || !result.stderr.includes(due[0])) return;
    due[1](child.pid as number);
    due = undefined;
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done({ ...result, code }));
  });
}

/** A new empty folder. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'wasmscope-cli-'));

/** The session in a file. */
export async function sessionOf(path: string): Promise<Session> {
  const { info, segments, problem } = await readSession(createReadStream(path, 'utf8'));
  const fold = createFold(info);
  for await (const segment of segments) fold.add(segment);
  if (problem() !== '') throw new Error(problem());
  return fold.session();
}

/** The running processes with this word in their command line. */
export function processesWith(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const file = `/proc/${pid}/cmdline`;
      return pid !== process.pid && commandLine(file).includes(word);
    });
}

function commandLine(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}
