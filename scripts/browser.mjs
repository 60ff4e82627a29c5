import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Finding the browsers. Uses node only, as it runs before packages are installed.

/** What Chromium needs without a display and on a closed network; as root it cannot have its sandbox. */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

const CHROMIUM = {
  variable: 'CHROME_PATH',
  debian: 'chromium',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'],
  places: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const FIREFOX = {
  variable: 'FIREFOX_PATH',
  debian: 'firefox-esr',
  names: ['firefox-esr', 'firefox'],
  places: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

/**
 * The path of Chromium or Chrome: from CHROME_PATH, else from the usual places.
 * @throws Error that says what to install
 */
export function findBrowser() {
  return find(CHROMIUM) ?? missing(CHROMIUM);
}

/** The path of Firefox, from FIREFOX_PATH or the usual places. @throws Error that says what to install */
export function findFirefox() {
  return find(FIREFOX) ?? missing(FIREFOX);
}

/** Installs from Debian what is missing, where that can be done. @param {('chromium' | 'firefox')[]} wanted */
export function installBrowsers(wanted) {
  const packages = wanted
    .map((name) => (name === 'chromium' ? CHROMIUM : FIREFOX))
    .filter((browser) => !process.env[browser.variable] && !find(browser))
    .map(({ debian }) => debian);
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.error(`Installing ${packages.join(' and ')} …`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
}

function find({ variable, names, places }) {
  const given = process.env[variable];
  if (given) {
    if (!existsSync(given)) throw new Error(`${variable} is ${given}, and there is no such file.`);
    return given;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  return candidates.find((path) => existsSync(path));
}

function missing({ variable, debian }) {
  throw new Error(`No ${debian} found. Install it (on Debian: apt-get install ${debian}), or set ${variable} to the browser's path.`);
}
