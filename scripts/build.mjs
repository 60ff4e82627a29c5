// npm run build: writes the extensions, the agent and the command line to dist/.
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildCommandLine, buildPanel, buildReport, buildScript } from './build/bundles.mjs';
import { writeManifest } from './build/manifest.mjs';
import { dist, root, shared } from './build/paths.mjs';
import { wrapInNamedFunction } from './build/wrapInNamedFunction.mjs';

/** Each agent, the command line's and the extension's, must stay below this size, gzipped. */
const AGENT_LIMIT = 30 * 1024;

/** Tests use the second of each pair, which may access all sites: no test can answer a prompt. */
const EXTENSIONS = /** @type {const} */ ([
  { folder: 'chromium', browser: 'chromium', allSites: false },
  { folder: 'test/chromium', browser: 'chromium', allSites: true },
  { folder: 'firefox', browser: 'firefox', allSites: false },
  { folder: 'test/firefox', browser: 'firefox', allSites: true },
]);

rmSync(dist, { recursive: true, force: true });
mkdirSync(shared, { recursive: true });

await buildScript('agent/main.ts', 'agent.js');
await buildScript('agent/extension.ts', 'extensionAgent.js');
wrapInNamedFunction(join(shared, 'extensionAgent.js'));
await buildScript('agent/vitals.ts', 'vitals.js');
await buildScript('src/extension/bridge.ts', 'bridge.js');
await buildScript('src/extension/background.ts', 'background.js');
await buildScript('src/extension/devtools.ts', 'devtools.js');
await buildPanel();
cpSync(join(root, 'src/extension/devtools.html'), join(shared, 'devtools.html'));
cpSync(join(root, 'src/extension/icons'), join(shared, 'icons'), { recursive: true });
await buildCommandLine();
await buildReport();

for (const { folder, browser, allSites } of EXTENSIONS) {
  const target = join(dist, folder);
  cpSync(shared, target, { recursive: true });
  renameSync(join(target, 'extensionAgent.js'), join(target, 'agent.js'));
  writeManifest(target, browser, allSites);
}
cpSync(join(shared, 'agent.js'), join(dist, 'agent.js'));
rmSync(shared, { recursive: true });

for (const file of ['agent.js', 'chromium/agent.js']) checkSize(file);

/** @param {string} file in dist/ */
function checkSize(file) {
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  console.log(`${file}: ${(size / 1024).toFixed(2)} KB gzipped (limit: ${AGENT_LIMIT / 1024} KB)`);
  if (size <= AGENT_LIMIT) return;
  console.error(`${file} is too large.`);
  process.exitCode = 1;
}
