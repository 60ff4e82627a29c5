import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Row } from './report.ts';
import { geometricMean, single } from './statistics.ts';

const PAIRS = 7;
const GROUP = 'Real applications take this many times as long, loading and all';
const repository = fileURLToPath(new URL('..', import.meta.url));

/** What run-apps.mjs writes of an application. */
interface Result {
  same: boolean;
  error?: string;
  ratio?: number;
}

/**
 * The applications of shared/apps, whose runner opens each without and with the agent in turn. They
 * are not part of this repository: looked for in WASMSCOPE_APPS, else in ../shared/apps.
 */
export async function benchApps(): Promise<Row[]> {
  const folder = process.env.WASMSCOPE_APPS ?? join(repository, '../shared/apps');
  const missing = !existsSync(join(folder, 'run-apps.mjs'))
    ? `no run-apps.mjs in ${folder}; set WASMSCOPE_APPS`
    : !existsSync(join(folder, 'node_modules'))
      ? `no packages in ${folder}: copy it, npm install there, and set WASMSCOPE_APPS`
      : null;
  if (missing) return [{ group: GROUP, what: 'all', unit: 'ratio', figure: null, reason: missing }];
  const results = await run(folder);
  const rows = Object.entries(results).map(
    ([name, { same, error, ratio }]): Row => ({
      group: GROUP,
      what: name,
      unit: 'ratio',
      limit: 1.06,
      ...(same && ratio !== undefined
        ? { figure: single(ratio) }
        : { figure: null, reason: error ?? 'it computes something else with the agent' }),
    }),
  );
  const ratios = rows.flatMap(({ figure }) => figure?.median ?? []);
  if (ratios.length === 0) return rows;
  return [
    ...rows,
    {
      group: GROUP,
      what: `geometric mean of ${ratios.length}`,
      unit: 'ratio',
      figure: single(geometricMean(ratios)),
      limit: 1.02,
    },
    {
      group: GROUP,
      what: 'worst',
      unit: 'ratio',
      figure: single(Math.max(...ratios)),
      limit: 1.06,
    },
  ];
}

async function run(folder: string): Promise<Record<string, Result>> {
  const into = mkdtempSync(join(tmpdir(), 'wasmscope-apps-'));
  const json = join(into, 'apps.json');
  const agent = join(process.env.WASMSCOPE_DIST ?? join(repository, 'dist'), 'agent.js');
  try {
    const child = spawn(
      process.execPath,
      ['run-apps.mjs', '--inject', agent, '--pairs', String(PAIRS), '--json', json],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
    return JSON.parse(readFileSync(json, 'utf8')) as Record<string, Result>;
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
