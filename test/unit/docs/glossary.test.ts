import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const GLOSSARY = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8');
const TERMS = [...GLOSSARY.matchAll(/^## (.+)$/gm)].map(([, term = '']) => term);

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/ /g, '-');

test('the terms are in alphabetical order', () => {
  expect(TERMS).toEqual([...TERMS].sort((a, b) => a.localeCompare(b, 'en')));
});

test('every link in the glossary leads to a term', () => {
  const anchors = TERMS.map(anchorOf);
  const links = [...GLOSSARY.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
  expect(links.filter((link) => !anchors.includes(link ?? ''))).toEqual([]);
});
