// npm run docs: makes docs/session.schema.json and the field tables of docs/session-format.md anew
// from the schema (src/protocol). A test fails while they are stale.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const schema = `${root}docs/session.schema.json`;
const format = `${root}docs/session-format.md`;

const { module } = await runnerImport(`${root}scripts/schemaDocs.ts`, { logLevel: 'warn' });
writeFileSync(schema, JSON.stringify(module.sessionJsonSchema()));
execFileSync('npx', ['biome', 'format', '--write', schema], { cwd: root });
writeFileSync(format, module.withFieldTables(readFileSync(format, 'utf8')));
