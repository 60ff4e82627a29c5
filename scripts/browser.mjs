import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CHROMIUM, FIREFOX, find } from '../src/cli/findBrowser.mjs';

export { CHROMIUM_FLAGS, findBrowser, findFirefox } from '../src/cli/findBrowser.mjs';

/**
 * Installs missing browsers from Debian's packages. Does nothing on other systems or without root.
 * @param {('chromium' | 'firefox')[]} wanted
 */
export function installBrowsers(wanted) {
  const packages = wanted
    .map((name) => (name === 'chromium' ? CHROMIUM : FIREFOX))
    .filter((browser) => !process.env[browser.variable] && !find(browser))
    .map(({ debian }) => debian);
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.error(`Installing ${packages.join(' and ')} …`);
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
}
