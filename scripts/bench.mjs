// npm run bench [-- NAME …] [-- --json FILE] [-- --markdown FILE]: what the agent costs, how true its figures are and
// what the panel bears, as a table. The Markdown takes the place of what is between two marks in its file.

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
const around = values.markdown === undefined ? null : readAround(values.markdown);

if (!existsSync(join(process.env.WASMSCOPE_DIST ?? join(root, 'dist'), 'agent.js'))) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

const { module } = await runnerImport(join(root, 'bench/main.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
});
const { about, rows } = await module.bench(positionals, (name) => console.error(`${name} …`));
console.log(module.toTable(rows));
if (values.json) writeFileSync(values.json, `${JSON.stringify({ about, rows }, null, 2)}\n`);
if (around)
  writeFileSync(
    values.markdown,
    `${around.before}${BEGIN}\n\n${module.toMarkdown(rows, about)}\n\n${END}${around.after}`,
  );

/** Read before the bench runs: a wrong path is told at once. */
function readAround(path) {
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`${path} has no place for figures: add the lines ${BEGIN} and ${END}.`);
  return { before: text.slice(0, from), after: text.slice(to + END.length) };
}
