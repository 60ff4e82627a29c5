// The static server of the examples, the tests and the benchmarks. `node scripts/serve.mjs` serves
// the examples.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serve as serveFolder } from '../src/cli/serve.mjs';

export { ISOLATED } from '../src/cli/serve.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));

/**
 * Serves a folder; `/node_modules/<package>/…` is that package's folder in node_modules.
 * @type {typeof serveFolder}
 */
export const serve = (options) =>
  serveFolder({
    ...options,
    mounts: { '/node_modules/': join(repository, 'node_modules'), ...options.mounts },
  });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await serve({
    root: join(repository, 'examples'),
    port: Number(process.env.PORT ?? 8100),
  });
  console.log(`The examples are at ${url}`);
}
