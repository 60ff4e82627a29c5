import { expect, test } from 'vitest';
import { circlesIn } from './circles.ts';
import type { Folder } from './folderTable.ts';
import { folderOf, isAmong, readFolderTable } from './folderTable.ts';
import type { Import } from './sourceFiles.ts';
import { importsOf, sourceFilesIn } from './sourceFiles.ts';

const folders = readFolderTable();
const files = ['src', 'agent', 'panel'].flatMap(sourceFilesIn);
const imports = files.flatMap(importsOf);

/** `preact` has `preact/hooks`, and `node` has `node:fs`. */
const isOfLibrary = (name: string, library: string): boolean =>
  name === library || name.startsWith(`${library}/`) || name.startsWith(`${library}:`);

function mayImportFile(folder: Folder, { to, isType }: Import): boolean {
  return (
    folderOf(to, folders) === folder ||
    isAmong(to, folder.mayImport) ||
    (isType && isAmong(to, folder.mayImportTypes))
  );
}

function isAllowed(one: Import): boolean {
  const folder = folderOf(one.from, folders);
  if (!folder) return false;
  return one.isLibrary
    ? folder.libraries.some((library) => isOfLibrary(one.to, library))
    : mayImportFile(folder, one);
}

const describeImport = ({ from, to, isType }: Import): string =>
  `${from} imports ${isType ? 'types of ' : ''}${to}`;

test('every source file lies in a folder of the table', () => {
  expect(files.filter((file) => !folderOf(file, folders))).toEqual([]);
});

test('every folder of the table exists', () => {
  expect(folders.filter(({ path }) => !files.some((file) => isAmong(file, [path])))).toEqual([]);
});

test('files import only what the table of docs/architecture.md allows', () => {
  const violations = imports.filter((one) => !isAllowed(one)).map(describeImport);
  expect(violations).toEqual([]);
});

test('every library of the table is used by its folder', () => {
  const unused = folders.flatMap(({ path, libraries }) =>
    libraries
      .filter(
        (library) =>
          !imports.some(({ from, to }) => isAmong(from, [path]) && isOfLibrary(to, library)),
      )
      .map((library) => `${path} does not use ${library}`),
  );
  expect(unused).toEqual([]);
});

test('no files import each other in a circle, types included', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file).flatMap(({ to, isLibrary }) => (isLibrary ? [] : [to])),
    ]),
  );
  expect(circlesIn(graph)).toEqual([]);
});
