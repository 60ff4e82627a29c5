import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Import {
  /** Path of the importing file in the repository. */
  from: string;
  /** Path of the imported file in the repository, or the name of a library. */
  to: string;
  isLibrary: boolean;
  isType: boolean;
}

/** A file of the repository as text. */
export const readText = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

/** The paths of all source files in a folder and those beneath it. */
export const sourceFilesIn = (folder: string): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'))
    .sort();

// The formatter puts each statement at the start of a line.
const STATEMENT = /^(?:import|export)( type)?\b[^;'"`]*?\bfrom '([^'\n]+)'/gm;
const SIDE_EFFECT = /^import '([^'\n]+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^'\n]+)'/g;

/**
 * The path that an import means: without Vite's `?raw`, which asks for a file's text, and with the
 * extension that AssemblyScript omits.
 */
function pathOf(from: string, name: string): string {
  const path = posix.join(posix.dirname(from), name.replace(/\?\w+$/, ''));
  return posix.extname(path) === '' ? `${path}.ts` : path;
}

/** What a file imports and exports from elsewhere, types included. */
export function importsOf(path: string): Import[] {
  const text = readText(path);
  const found = [
    ...[...text.matchAll(STATEMENT)].map(([, type, name]) => ({
      name,
      isType: type !== undefined,
    })),
    ...[...text.matchAll(SIDE_EFFECT), ...text.matchAll(DYNAMIC)].map(([, name]) => ({
      name,
      isType: false,
    })),
  ];
  return found.map(({ name = '', isType }) => {
    const isLibrary = !name.startsWith('.');
    const to = isLibrary ? name : pathOf(path, name);
    return { from: path, to, isLibrary, isType };
  });
}
