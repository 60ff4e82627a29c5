// npm run build: writes dist/ (DESIGN.md says what is in it).
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build, runnerImport } from 'vite';
import { writeIcons } from './icons.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const shared = join(dist, 'shared');
/** Either agent, the command line's and the extension's, must stay below this, gzipped. */
const AGENT_LIMIT = 30 * 1024;

// The agent's core is the same bytes in every page: they are written here, not while a page waits.
const { module: core } = await runnerImport(join(root, 'src/wasm/core.ts'), { logLevel: 'warn' });
// In hexadecimal: gzipped that is shorter than base 64.
const coreBytes = Buffer.from(core.coreModule()).toString('hex');
/** Where the flags of the counter memory's type stand in it. */
const coreFlag = core.coreModule().findIndex((byte, at) => byte !== core.coreModule(0)[at]);

const common = {
  root,
  configFile: false,
  logLevel: 'warn',
  define: {
    __WASMSCOPE_KEY__: JSON.stringify(randomUUID().slice(24)),
    __WASMSCOPE_CORE__: JSON.stringify(coreBytes),
    __WASMSCOPE_CORE_FLAG__: `${coreFlag}`,
  },
};

/** One script into one file, as a classic script without globals. */
async function script(entry, fileName) {
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
        // What only the other agent uses goes: looking a native up changes nothing.
        treeshake: { propertyReadSideEffects: false, manualPureFunctions: ['getterOf'] },
      },
    },
  });
}

/**
 * Takes `dangerouslySetInnerHTML` out of Preact: the panel has no use for it, and what a page is called can then
 * never become markup. The linter of add-ons warns of it, too.
 */
function withoutInnerHtml() {
  let found = 0;
  return {
    name: 'without-inner-html',
    transform: (code, id) =>
      /node_modules\/preact\/dist\//.test(id)
        ? code.replace(/\w+\.innerHTML\s*=(?!=)\s*\w+\.__html/g, () => {
            found++;
            return 'void 0';
          })
        : null,
    buildEnd(error) {
      if (!error && found === 0)
        throw new Error(
          'Preact sets innerHTML in another way now: look at withoutInnerHtml in build.mjs.',
        );
    },
  };
}

async function panel() {
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

/** The page of `wasmscope report`: one script and one style sheet, which the command line puts into its file. */
async function report() {
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

async function commandLine() {
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

function manifestFor(browser, hostPermissions) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  manifest.version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  if (browser === 'firefox') {
    delete manifest.minimum_chrome_version;
    manifest.background = { scripts: ['background.js'] };
    manifest.browser_specific_settings = {
      gecko: {
        id: 'wasmscope@wasmscope.dev',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    };
  }
  // A permission prompt cannot be clicked without a display: tests get the site from the start.
  if (hostPermissions) {
    delete manifest.optional_host_permissions;
    manifest.host_permissions = ['<all_urls>'];
  }
  return JSON.stringify(manifest, null, 2);
}

/**
 * The extension's agent brings its own text into workers: the script becomes one function with a name. In one line, so
 * that a worker's own lines keep their numbers.
 */
function withOwnText(path) {
  const script = readFileSync(path, 'utf8').trim();
  const named = script
    .replace(/^\(function\(\)\{/, '(function wasmscope(wasmscopeStart){')
    .replace(/\n/g, '\\n');
  if (named === script)
    throw new Error(
      'The agent’s script begins in another way now: look at withOwnText in build.mjs.',
    );
  new Script(named); // throws where a line's end stood outside of a text
  writeFileSync(path, named);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(shared, { recursive: true });
await script('agent/main.ts', 'agent.js');
await script('agent/extension.ts', 'extensionAgent.js');
withOwnText(join(shared, 'extensionAgent.js'));
await script('src/extension/bridge.ts', 'bridge.js');
await script('src/extension/background.ts', 'background.js');
await script('src/extension/devtools.ts', 'devtools.js');
if (existsSync(join(root, 'panel/panel.html'))) await panel();
cpSync(join(root, 'src/extension/devtools.html'), join(shared, 'devtools.html'));
writeIcons(join(shared, 'icons'));
await commandLine();
await report();

for (const [folder, browser, hosts] of [
  ['chromium', 'chromium', false],
  ['firefox', 'firefox', false],
  ['test/chromium', 'chromium', true],
  ['test/firefox', 'firefox', true],
]) {
  const target = join(dist, folder);
  cpSync(shared, target, { recursive: true });
  renameSync(join(target, 'extensionAgent.js'), join(target, 'agent.js'));
  writeFileSync(join(target, 'manifest.json'), manifestFor(browser, hosts));
}
cpSync(join(shared, 'agent.js'), join(dist, 'agent.js'));
rmSync(shared, { recursive: true });

for (const file of ['agent.js', 'chromium/agent.js']) {
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  console.log(`${file} ${(size / 1024).toFixed(2)} KB gzipped, of ${AGENT_LIMIT / 1024} KB`);
  if (size > AGENT_LIMIT) {
    console.error(`${file} is too large.`);
    process.exitCode = 1;
  }
}
