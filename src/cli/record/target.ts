import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { CliError, UsageError } from '../cliError.ts';
import { ISOLATED, serve } from '../serve.mjs';

/** A page to record. */
export interface Target {
  url: string;
  /** For files and messages. */
  name: string;
}

export interface Targets {
  targets: Target[];
  close(): Promise<void>;
}

export interface TargetOptions {
  cwd: string;
  /** A folder to serve; what is asked for are then paths in it. */
  folder: string | undefined;
  /** Whether what is served is cross-origin isolated: SharedArrayBuffer, a finer clock. */
  isolated: boolean;
  /** Whether the compressed file beside a served one is sent instead of it. */
  precompressed: boolean;
}

/**
 * URLs as they are, local HTML files and paths of a served folder by a server on this machine.
 * @throws CliError for what is neither
 */
export async function openTargets(
  asked: readonly string[],
  { cwd, folder, isolated, precompressed }: TargetOptions,
): Promise<Targets> {
  const servers: { url: string; close(): Promise<void> }[] = [];
  const headers = isolated ? { '/': ISOLATED } : {};
  const open = async (root: string): Promise<string> => {
    const server = await serve({ root, headers, precompressed });
    servers.push(server);
    return server.url;
  };
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    if (folder !== undefined) {
      const root = resolve(cwd, folder);
      if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
        throw new CliError(`--serve is ${folder}, and there is no such folder.`);
      const base = await open(root);
      const paths = asked.length > 0 ? asked : ['/'];
      return {
        targets: paths.map((path) => targetOf(new URL(path.replace(/^\/+/, './'), base).href)),
        close,
      };
    }
    if (asked.length === 0)
      throw new UsageError('Which page? Give a URL, an HTML file, or --serve with a folder.');
    const targets: Target[] = [];
    for (const given of asked)
      targets.push(isWeb(given) ? targetOf(given) : await fileTarget(given, cwd, open));
    return { targets, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const isWeb = (given: string): boolean =>
  /^(https?|data|blob):/i.test(given) && URL.canParse(given);

async function fileTarget(
  given: string,
  cwd: string,
  open: (root: string) => Promise<string>,
): Promise<Target> {
  const [path = '', query = ''] = given.split(/(?=[?#])/, 2);
  const file = resolve(cwd, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return targetOf(`${await open(dirname(file))}${basename(file)}${query}`);
  if (found?.isDirectory()) return targetOf(`${await open(file)}${query}`);
  throw new CliError(`${given} is neither a URL nor a file that is there. Give https://… in full.`);
}

/** `http://127.0.0.1:8100/rapier/?work=short` is called `rapier`, `https://a.example/b/c.html` `a.example-b-c`. */
function targetOf(url: string): Target {
  const { hostname, pathname } = new URL(url);
  const host = hostname === '127.0.0.1' || hostname === 'localhost' ? '' : hostname;
  const name = `${host}-${pathname.replace(/(index)?\.html?$/, '')}`
    .replace(/[^\w.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return { url, name: name.slice(0, 60) || 'page' };
}
