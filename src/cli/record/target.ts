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
  /** Closes the servers. */
  close(): Promise<void>;
}

export interface TargetOptions {
  cwd: string;
  /** A folder to serve: targets are then paths in it. */
  folder: string | undefined;
  /** Whether served pages are cross-origin isolated: SharedArrayBuffer, a finer clock. */
  isolated: boolean;
  /** Whether a compressed file beside a served one is sent instead of it. */
  precompressed: boolean;
}

/**
 * Opens targets: URLs as they are; HTML files and the paths of a served folder through a server on
 * this machine.
 * @throws CliError for anything else
 */
export async function openTargets(
  given: readonly string[],
  { cwd, folder, isolated, precompressed }: TargetOptions,
): Promise<Targets> {
  const servers: { url: string; close(): Promise<void> }[] = [];
  const open = async (root: string): Promise<string> => {
    const headers = isolated ? { '/': ISOLATED } : {};
    const server = await serve({ root, headers, precompressed });
    servers.push(server);
    return server.url;
  };
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    const targets =
      folder === undefined
        ? await separateTargets(given, cwd, open)
        : await servedTargets(given, { folder, cwd, open });
    return { targets, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts a server for a folder. @returns the URL of its root */
type OpenServer = (root: string) => Promise<string>;

/** Paths of one folder. */
async function servedTargets(
  paths: readonly string[],
  { folder, cwd, open }: { folder: string; cwd: string; open: OpenServer },
): Promise<Target[]> {
  const root = resolve(cwd, folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new CliError(`The folder to serve, ${folder}, does not exist. Check its path.`);
  const absolute = paths.find((path) => isWebUrl(path));
  if (absolute !== undefined)
    throw new UsageError(
      `${absolute} is a URL, but a folder is served. Give paths in that folder, such as /index.html.`,
    );
  const base = await open(root);
  const wanted = paths.length > 0 ? paths : ['/'];
  return wanted.map((path) => targetOf(new URL(path.replace(/^\/+/, './'), base).href));
}

/** URLs and files, each file with a server of its own. */
async function separateTargets(
  given: readonly string[],
  cwd: string,
  open: OpenServer,
): Promise<Target[]> {
  if (given.length === 0)
    throw new UsageError('Which page? Give a URL, an HTML file, or a folder with --serve.');
  const targets: Target[] = [];
  for (const one of given)
    targets.push(isWebUrl(one) ? targetOf(one) : await fileTarget(one, cwd, open));
  return targets;
}

const isWebUrl = (given: string): boolean =>
  /^(https?|data|blob):/i.test(given) && URL.canParse(given);

async function fileTarget(given: string, cwd: string, open: OpenServer): Promise<Target> {
  const [path = '', query = ''] = given.split(/(?=[?#])/, 2);
  const file = resolve(cwd, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile())
    return targetOf(`${await open(dirname(file))}${encodeURIComponent(basename(file))}${query}`);
  if (found?.isDirectory()) return targetOf(`${await open(file)}${query}`);
  throw new CliError(
    `${given} is neither a URL nor an existing file. Give a URL in full (https://…), or the path of an HTML file.`,
  );
}

/**
 * Names `http://127.0.0.1:8100/rapier/` `rapier`, and `https://a.example/b/c.html` `a.example-b-c`.
 */
function targetOf(url: string): Target {
  const { hostname, pathname } = new URL(url);
  const host = hostname === '127.0.0.1' || hostname === 'localhost' ? '' : hostname;
  const name = `${host}-${pathname.replace(/(index)?\.html?$/, '')}`
    .replace(/[^\w.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return { url, name: name.slice(0, 60) || 'page' };
}
