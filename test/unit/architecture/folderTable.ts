import { readText } from './sourceFiles.ts';

/** A row of the table in docs/architecture.md. */
export interface Folder {
  path: string;
  /** Folders and files that it may import. */
  mayImport: string[];
  /** Folders of which it may import types only. */
  mayImportTypes: string[];
  /** Libraries that it may import; `node` stands for all of Node's modules. */
  libraries: string[];
}

const codeIn = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

/** Reads the table of folders in docs/architecture.md, which is the only place that has it. */
export function readFolderTable(): Folder[] {
  const rows = readText('docs/architecture.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1));
  return rows.map(([path, , mayImport, mayImportTypes, libraries]) => ({
    path: codeIn(path)[0] ?? '',
    mayImport: codeIn(mayImport),
    mayImportTypes: codeIn(mayImportTypes),
    libraries: codeIn(libraries),
  }));
}

const isWithin = (file: string, folder: string): boolean =>
  file === folder || file.startsWith(`${folder}/`);

/** The row of a file: that with the longest path, where one folder lies in another. */
export const folderOf = (file: string, folders: readonly Folder[]): Folder | undefined =>
  folders
    .filter(({ path }) => isWithin(file, path))
    .sort((a, b) => b.path.length - a.path.length)[0];

export const isAmong = (file: string, folders: readonly string[]): boolean =>
  folders.some((folder) => isWithin(file, folder));
