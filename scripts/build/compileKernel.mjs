// Compiles the agent's kernel (src/wasm/kernel) by AssemblyScript.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const sources = join(root, 'src/wasm/kernel');
const cache = join(root, 'node_modules/.cache/wasmscope');
const OPTIONS = ['-O3z', '--converge', '--runtime', 'stub', '--noAssert', '--use', 'abort='];

/**
 * The kernel's bytes. Compiling takes some seconds, so the result is kept until the sources change.
 * @returns {Promise<Buffer>}
 * @throws Error with the compiler's messages
 */
export async function compileKernel() {
  const hash = createHash('sha256').update(OPTIONS.join(' '));
  for (const name of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, name)));
  hash.update(readFileSync(join(root, 'src/wasm/counterLayout.ts')));
  const file = join(cache, `kernel-${hash.digest('hex').slice(0, 16)}.wasm`);
  if (!existsSync(file)) await compile(file);
  return readFileSync(file);
}

/** @param {string} file where the module is written */
async function compile(file) {
  const { main } = await import('assemblyscript/asc');
  mkdirSync(cache, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  const { error, stderr } = await main([
    join(sources, 'kernel.ts'),
    ...OPTIONS,
    '--outFile',
    unfinished,
  ]);
  if (error) throw new Error(`${error.message}\n${stderr}`);
  renameSync(unfinished, file);
}
