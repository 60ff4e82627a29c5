// What the command line says while it records and compares, where more than one command says it.
// Each message says what to do next.

export const NOTHING_WRITTEN = 'No file was written for this run.';

export const browserNotFound = (reason: string): string =>
  `${reason} You can also give the browser’s path with --browser.`;

/** @param file the configuration file */
export const configNotJson = (file: string, reason: string): string =>
  `${file}: not valid JSON (${reason}). Correct it.`;

export const browserMissing = (path: string): string =>
  `--browser is ${path}, but there is no such file. Give the path of Chromium or Chrome.`;

export const browserDidNotStart = (path: string, reason: string): string =>
  `${path} did not start (${reason}). Start it by hand to see why. In a container or on a server without user namespaces, add --browser-flag=--no-sandbox.`;

export const browserCrashed = `The browser crashed or was closed during the recording. ${NOTHING_WRITTEN} Record again.`;

export const pageCrashed = (reason: string): string =>
  `The page crashed (${reason}). ${NOTHING_WRITTEN} Record again.`;

export const stopped = `Stopped. ${NOTHING_WRITTEN}`;

export const pageTooSlow = (url: string, seconds: number): string =>
  `${url} did not finish loading within ${seconds} s. Allow more time with --timeout, or end the recording with --until-selector, --until-mark or --until-measure.`;

export const unsafePort = (port: string): string =>
  `Chromium opens no pages on port ${port}, which it reserves for other services. Serve the page on another port.`;

export const pageUnreachable = (url: string, reason: string): string =>
  `${url} could not be opened (${reason}). Check the address, and that its server is running.`;

export const pageAnswered = (url: string, status: number): string =>
  `${url} answered ${status}. Check the address.`;

/** @param end `the mark “ready”` */
export const endNeverCame = (url: string, end: string, seconds: number): string =>
  `${url}: ${end} did not appear within ${seconds} s. Check the name, or allow more time with --timeout.`;

export const requestAnswered = (url: string, status: number): string =>
  `${url} answered ${status}.`;

export const requestFailed = (url: string, reason: string): string =>
  reason === '' ? `${url} failed.` : `${url} failed (${reason}).`;

export const scriptFailed = (message: string): string => {
  const [first = ''] = message.split('\n', 1);
  return `Uncaught error on the page: ${first.replace(/\.$/, '')}.`;
};

export const moreTroubles = (count: number): string =>
  `${count} more ${count === 1 ? 'problem' : 'problems'} on the page.`;

export const scenarioTooSlow = (file: string, seconds: number): string =>
  `The scenario ${file} did not finish within ${seconds} s. Allow more time with --timeout.`;

export const selectorInvalid = (selector: string): string =>
  `--until-selector ${selector} is not a valid CSS selector. Correct it.`;

export const selectorFailed = (selector: string, reason: string): string =>
  `--until-selector ${selector} could not be waited for (${reason}). Record again, or use --until-mark.`;

export const scenarioMissing = (file: string): string =>
  `The scenario ${file} does not exist. Check its path.`;

export const scenarioNotLoaded = (file: string, reason: string): string =>
  `The scenario ${file} could not be loaded: ${reason}`;

export const scenarioWithoutRun = (file: string): string =>
  `The scenario ${file} exports no function named run. Add: export async function run(page) { … }`;

export const scenarioFailed = (file: string, reason: string): string =>
  `The scenario ${file} failed: ${reason}`;

export const reportRejected = (reason: string): string =>
  `Data from the page was rejected: ${reason}. The session lacks it.`;

/** @param realm `the document https://a.example` */
export const agentDidNotStart = (realm: string, reason: string): string =>
  `The agent could not start in ${realm}: ${reason}`;

export const WINDOW_NOT_MEASURED =
  'The page opened a window, which is not measured. Record the window’s URL separately.';

/** @param realm `A worker` */
export const realmTerminated = (realm: string): string =>
  `${realm} never became idle; its script was terminated.`;

export const realmSilent = (realm: string): string =>
  `${realm} did not respond, even after its script was terminated: its last figures are missing.`;

export const realmNotMeasured = (realm: string): string =>
  `${realm} did not respond, even after its script was terminated, and sent no data: it could not be measured. Add --partial to record the rest.`;

export const sameRecordingTwice = (name: string): string =>
  `The recording ${name} is both in the baseline and in the candidate. Compare two different recordings.`;

/** @param side the side that has the page */
export const pageOnOneSide = (page: string, side: 'baseline' | 'candidate'): string =>
  `${page} was recorded for the ${side} only. Record it for both, or give sessions of the same page.`;

/** @param names of modules and functions */
export const onlyOneSideHas = (side: 'baseline' | 'candidate', names: string): string =>
  `only in the ${side}: ${names}`;

/** @param runsNeeded runs per side for the first result; null if that is not known */
export const noResult = (runsNeeded: number | null): string => {
  const estimate =
    runsNeeded === null ? '' : ` (about ${runsNeeded} runs per side needed for the first result)`;
  return `too few runs for any result. Record more${estimate}`;
};
