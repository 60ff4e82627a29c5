import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  sessionJsonSchema,
  uncommentedFields,
  withFieldTables,
} from '../../../scripts/schemaDocs.ts';
import { FORMAT_VERSION } from '../../../src/session/versions.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const documentation = read('docs/session-format.md');
const versions = Array.from({ length: FORMAT_VERSION }, (_, index) => index + 1);

test('every field of the format has a comment in the schema', () => {
  expect(uncommentedFields()).toEqual([]);
});

test('the JSON schema is the one that the schema makes (npm run docs)', () => {
  expect(JSON.parse(read('docs/session.schema.json'))).toEqual(sessionJsonSchema());
});

test('the field tables are those that the schema makes (npm run docs)', () => {
  expect(withFieldTables(documentation)).toBe(documentation);
});

test.each(versions)('version %i has a dated entry in the changelog of the format', (version) => {
  const entry = new RegExp(`^- \\*\\*${version}\\*\\* \\(\\d{4}-\\d{2}-\\d{2}\\)`, 'm');
  expect(documentation).toMatch(entry);
});

test.each(versions)('there is a file of version %i', (version) => {
  expect(JSON.parse(read(`test/fixtures/sessions/v${version}.wasmscope.json`))).toMatchObject({
    format: 'wasmscope-session',
    version,
  });
});
