import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build, runnerImport } from 'vite';
import { compileKernel } from './compileKernel.mjs';
import { dist, root, shared } from './paths.mjs';
import { withoutInnerHtml } from './withoutInnerHtml.mjs';

// The agent's core module is the same in every page, so it is written here and not while a page
// waits. Hexadecimal compresses better than base 64.
/** @type {{ module: typeof import('../../src/wasm/core.ts') }} */
const { module: core } = await runnerImport(join(root, 'src/wasm/core.ts'), { logLevel: 'warn' });
const coreBytes = Buffer.from(core.coreModule()).toString('hex');
/** Where the core module's bytes have the flags of the counter memory's type. */
const coreFlag = core.coreModule().findIndex((byte, index) => byte !== core.coreModule(0)[index]);

// The agent gets its empty rows as constants, so that the shapes of the schema stay out of it.
/** @type {{ module: typeof import('../../src/protocol/rows.ts') }} */
const { module: rows } = await runnerImport(join(root, 'src/protocol/rows.ts'), {
  logLevel: 'warn',
});

/** @satisfies {import('vite').InlineConfig} */
const common = /** @type {const} */ ({
  root,
  configFile: false,
  logLevel: 'warn',
  define: {
    __WASMSCOPE_KEY__: JSON.stringify(randomUUID().slice(24)),
    __WASMSCOPE_CORE__: JSON.stringify(coreBytes),
    __WASMSCOPE_KERNEL__: JSON.stringify((await compileKernel()).toString('hex')),
    __WASMSCOPE_CORE_FLAG__: `${coreFlag}`,
    __WASMSCOPE_EMPTY_MODULE__: JSON.stringify(rows.moduleRow.empty()),
    __WASMSCOPE_EMPTY_REQUEST__: JSON.stringify(rows.requestRow.empty()),
  },
});

/**
 * Bundles one entry into a classic script without globals.
 * @param {string} entry its path in the repository
 * @param {string} fileName its name in the extension
 */
export async function buildScript(entry, fileName) {
  await build({
    ...common,
    build: {
      outDir: shared,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      lib: {
        entry: join(root, entry),
        formats: ['iife'],
        name: 'wasmscope',
        fileName: () => fileName,
      },
      rollupOptions: {
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        // Reading a native or its getter has no side effect: drop it where only the other agent
        // uses it.
        treeshake: { propertyReadSideEffects: false, manualPureFunctions: ['getterOf'] },
      },
    },
  });
}

/** Bundles the panel's page. */
export async function buildPanel() {
  await build({
    ...common,
    plugins: [withoutInnerHtml()],
    root: join(root, 'panel'),
    base: './',
    build: {
      outDir: shared,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: join(root, 'panel/panel.html') },
    },
  });
}

/** Bundles the script and the style sheet that `wasmscope report` puts into its page. */
export async function buildReport() {
  await build({
    ...common,
    plugins: [withoutInnerHtml()],
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      lib: {
        entry: join(root, 'panel/report/main.tsx'),
        formats: ['iife'],
        name: 'wasmscope',
        fileName: () => 'report.js',
        cssFileName: 'report',
      },
    },
  });
}

/** Bundles the command line with all its libraries but the browser driver. */
export async function buildCommandLine() {
  await build({
    ...common,
    ssr: { noExternal: true, external: ['puppeteer-core'] },
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: 'node20',
      ssr: join(root, 'src/cli/bin.ts'),
      rollupOptions: { output: { entryFileNames: 'cli.js' } },
    },
  });
}
