import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GLOSSARY_TERMS } from '../../../panel/glossary/glossaryTerm.ts';
import { glossaryParts, parseGlossary } from '../../../panel/glossary/parseGlossary.ts';

const markdown = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8');
const entries = parseGlossary(markdown);

test('a heading with its paragraph is an entry', () => {
  expect(parseGlossary('# Glossary\n\nIntro.\n\n## Self time\nTime in the\nfunction.\n')).toEqual([
    { id: 'self-time', term: 'Self time', definition: 'Time in the function.' },
  ]);
});

test('a definition is split at its code and links', () => {
  expect(glossaryParts('A `table` of a [realm](#realm).')).toEqual([
    { kind: 'text', text: 'A ' },
    { kind: 'code', text: 'table' },
    { kind: 'text', text: ' of a ' },
    { kind: 'link', text: 'realm', id: 'realm' },
    { kind: 'text', text: '.' },
  ]);
});

test.each(GLOSSARY_TERMS)('the glossary has the term that the interface links to: %s', (term) => {
  expect(entries.map(({ id }) => id)).toContain(term);
});

test('every link between definitions leads to an entry', () => {
  const ids = entries.map(({ id }) => id);
  const links = entries
    .flatMap(({ definition }) => glossaryParts(definition))
    .flatMap((part) => (part.kind === 'link' ? [part.id] : []));
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
});

test('every definition has text', () => {
  expect(entries.filter(({ definition }) => definition === '')).toEqual([]);
});
