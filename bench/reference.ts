import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The build that every figure of cost is compared with. */
const REVISION = '97a2e45';

const repository = fileURLToPath(new URL('..', import.meta.url));
const folder = join(repository, 'node_modules/.cache/wasmscope/reference');

/**
 * The `dist` folder of the reference build: of WASMSCOPE_REFERENCE, or built once into the cache, with the packages of
 * its own lock file. Null where there is neither git history nor such a folder.
 */
export function referenceDist(): string | null {
  const given = process.env.WASMSCOPE_REFERENCE;
  const dist = join(given ?? folder, 'dist');
  if (existsSync(join(dist, 'agent.js'))) return dist;
  if (given || !isRevisionHere()) return null;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync('git', ['archive', REVISION], {
    cwd: repository,
    maxBuffer: 2 ** 30,
  });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  const options = { cwd: folder, stdio: 'ignore' } as const;
  execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], options);
  execFileSync(process.execPath, ['scripts/build.mjs'], options);
  return dist;
}

function isRevisionHere(): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', REVISION], { cwd: repository, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
