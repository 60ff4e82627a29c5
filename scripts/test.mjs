// npm test: runs every check, from a fresh clone. Uses only Node's modules until the packages are
// installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installBrowsers } from './browser.mjs';
import { installPackages } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @param {string} name */
const bin = (name) => join(root, 'node_modules/.bin', name);
/** @type {string[]} */
const failed = [];

/**
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 */
function step(title, command, args) {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed.push(title);
}

installPackages();
installBrowsers(['chromium', 'firefox']);
step('build', process.execPath, ['scripts/build.mjs']);
step('typecheck', bin('tsc'), ['--build']);
step('format and lint', bin('biome'), ['check', '--error-on-warnings', '.']);
step('lint of the Firefox extension', bin('web-ext'), [
  'lint',
  '--warnings-as-errors',
  '--source-dir',
  'dist/firefox',
]);

const folder = mkdtempSync(join(tmpdir(), 'wasmscope-'));
const report = join(folder, 'report.json');
step('tests', bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const { numPassedTests, numFailedTests } = counts(report);
rmSync(folder, { recursive: true });

for (const title of failed) console.log(`Failed: ${title}`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/**
 * @param {string} path
 * @returns {{ numPassedTests: number, numFailedTests: number }}
 */
function counts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    console.error('vitest wrote no report:', error);
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}
