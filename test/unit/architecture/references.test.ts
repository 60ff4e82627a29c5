import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readText, sourceFilesIn } from './sourceFiles.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

function missingFrom(page: string, pattern: RegExp, folder: string): string[] {
  return [...readText(page).matchAll(pattern)]
    .map(([, path = '']) => posix.join(folder, path))
    .filter((path) => !existsSync(path))
    .map((path) => `${page} mentions ${path}`);
}

test('files that the documentation mentions exist', () => {
  const path = /`((?:src|agent|panel|test|bench|scripts|docs)\/[\w./-]+)`/g;
  expect(pages.flatMap((page) => missingFrom(page, path, '.'))).toEqual([]);
});

test('files that the documentation links to exist', () => {
  const link = /\]\((?!https?:)([^)#\s]+)[^)]*\)/g;
  expect(pages.flatMap((page) => missingFrom(page, link, posix.dirname(page)))).toEqual([]);
});

test('sections of docs/platform.md that comments cite exist', () => {
  const headings = [...readText('docs/platform.md').matchAll(/^## (.+)$/gm)].map(
    ([, name]) => name,
  );
  const cited = ['src', 'agent', 'panel', 'test', 'bench', 'scripts']
    .flatMap(sourceFilesIn)
    .flatMap((file) => {
      const text = readText(file).replace(/\n\s*(?:\/\/|\*) ?/g, ' ');
      return [...text.matchAll(/docs\/platform\.md, "([^"]+)"/g)].map(([, section]) => section);
    });
  expect(cited.filter((section) => !headings.includes(section))).toEqual([]);
});
