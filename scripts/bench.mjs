// npm run bench [-- NAME …] [-- --json FILE] [-- --markdown FILE]: prints a table of what the agent
// costs, how accurate its figures are and how large a session the panel can show. With --markdown
// it replaces the table between two marks in that file.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, markdown: { type: 'string' } },
  allowPositionals: true,
});

const BEGIN = '<!-- figures -->';
const END = '<!-- end of figures -->';
const markdown = values.markdown === undefined ? null : readMarkdown(values.markdown);

if (!existsSync(join(process.env.WASMSCOPE_DIST ?? join(root, 'dist'), 'agent.js'))) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** @type {{ module: typeof import('../bench/main.ts') & typeof import('../bench/report.ts') }} */
const { module } = await runnerImport(join(root, 'bench/main.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
});
const { about, rows } = await module.bench(positionals, (name) => console.error(`${name} …`));
console.log(module.toTable(rows));
if (values.json) writeFileSync(values.json, `${JSON.stringify({ about, rows }, null, 2)}\n`);
if (markdown) {
  const figures = `${BEGIN}\n\n${module.toMarkdown(rows, about)}\n\n${END}`;
  writeFileSync(markdown.path, `${markdown.before}${figures}${markdown.after}`);
}

/**
 * Reads the file before the benchmarks run, so that a wrong path fails at once.
 * @param {string} path
 * @returns the text before and after the figures
 */
function readMarkdown(path) {
  const text = readFileSync(path, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`${path} has no place for the figures. Add the lines ${BEGIN} and ${END}.`);
  return { path, before: text.slice(0, begin), after: text.slice(end + END.length) };
}
