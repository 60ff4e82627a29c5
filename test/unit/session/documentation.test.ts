import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORMAT_VERSION } from '../../../src/session/versions.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const documentation = read('docs/session-format.md');

/** The fields of all records of the schema. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(fieldsOf)];
}

test('every field of the format is documented', () => {
  const fields = [...new Set(fieldsOf(JSON.parse(read('docs/session.schema.json'))))];
  expect(fields.length).toBeGreaterThan(100);
  expect(
    fields.filter(
      (field) => !documentation.includes(`\`${field}\``) && !documentation.includes(`"${field}"`),
    ),
  ).toEqual([]);
});

test('every version has a dated entry and a file that is still read', () => {
  for (let version = 1; version <= FORMAT_VERSION; version++) {
    expect(documentation).toMatch(
      new RegExp(`^- \\*\\*${version}\\*\\* \\(\\d{4}-\\d{2}-\\d{2}\\)`, 'm'),
    );
    expect(JSON.parse(read(`test/fixtures/sessions/v${version}.wasmscope.json`))).toMatchObject({
      format: 'wasmscope-session',
      version,
    });
  }
});
