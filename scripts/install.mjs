import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs the packages of package-lock.json unless they are there. Exits if that fails. */
export function installPackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // The bundler imports styleText, which Node has since 20.12.
  if (major < 20 || (major === 20 && minor < 12)) {
    console.error(`Building Wasmscope needs Node 20.12 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  if (installed()) return;
  console.error('Installing packages …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed, see above. Check the network connection.');
    process.exit(1);
  }
}

/**
 * Compares the lock file with npm's own record in node_modules. Optional packages may be missing:
 * they are for other platforms.
 */
function installed() {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const have = JSON.parse(readFileSync(note, 'utf8')).packages;
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(
    ([path, { version, optional }]) =>
      path === '' || (have[path] ? have[path].version === version : optional === true),
  );
}
