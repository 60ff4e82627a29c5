import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Finds the browsers. Plain JavaScript that uses Node only, because scripts/ runs it before
// packages are installed.

/** For Chromium without a display and on a closed network. As root it cannot use its sandbox. */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {object} Browser
 * @property {string} name for messages
 * @property {string} variable environment variable with the path
 * @property {string} debian its package in Debian
 * @property {string[]} names of its executable, looked for in PATH
 * @property {string[]} places other usual paths
 */

/** @type {Browser} */
export const CHROMIUM = {
  name: 'Chromium or Chrome',
  variable: 'CHROME_PATH',
  debian: 'chromium',
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
  ],
  places: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** @type {Browser} */
export const FIREFOX = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  debian: 'firefox-esr',
  names: ['firefox-esr', 'firefox'],
  places: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
};

/**
 * The path of Chromium or Chrome: from CHROME_PATH, else from the usual places.
 * @throws Error that says what to install
 */
export function findBrowser() {
  return find(CHROMIUM) ?? missing(CHROMIUM);
}

/**
 * The path of Firefox: from FIREFOX_PATH, else from the usual places.
 * @throws Error that says what to install
 */
export function findFirefox() {
  return find(FIREFOX) ?? missing(FIREFOX);
}

/**
 * @param {Browser} browser
 * @returns {string | undefined}
 */
export function find({ variable, names, places }) {
  const given = process.env[variable];
  if (given) {
    if (!existsSync(given))
      throw new Error(`${variable} is ${given}, but there is no such file. Correct or unset it.`);
    return given;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...places,
  ];
  return candidates.find((path) => existsSync(path));
}

/**
 * @param {Browser} browser
 * @returns {never}
 */
function missing({ name, variable, debian }) {
  throw new Error(
    `${name} was not found. Install it (on Debian: apt-get install ${debian}), or set ${variable} to its path.`,
  );
}
