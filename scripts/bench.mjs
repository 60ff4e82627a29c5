// npm run bench [-- NAME …] [-- --json FILE]: what the agent costs and what the panel bears, as a table.
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });

if (!existsSync(join(process.env.WASMSCOPE_DIST ?? join(root, 'dist'), 'agent.js'))) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

const { module } = await runnerImport(join(root, 'bench/main.ts'), { root, configFile: false, logLevel: 'error' });
const rows = await module.bench(positionals, (name) => console.error(`${name} …`));
console.log(module.toTable(rows));
if (values.json) {
  const about = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  writeFileSync(values.json, `${JSON.stringify({ about, rows }, null, 2)}\n`);
}
