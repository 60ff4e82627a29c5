import type { Page } from 'puppeteer-core';
import { endNeverCame, scenarioTooSlow, selectorFailed } from '../../text/cliMessages.ts';
import { CliError, reasonOf } from '../cliError.ts';
import type { RunPlan } from './runPlan.ts';
import { runScenario } from './scenario.ts';
import type { Landmark } from './until.ts';

/** What else ends the wait. */
interface Waiting {
  /** Resolves when the page has set the landmark. */
  reached(landmark: Landmark): Promise<unknown>;
  /** Aborted when the recording is over: nothing is waited for any longer. */
  ended: AbortSignal;
}

/** Waits until the recording ends as planned. @throws CliError if that does not happen in time */
export async function waitForEnd(
  page: Page,
  { until, timeout, url }: RunPlan,
  { reached, ended }: Waiting,
): Promise<void> {
  switch (until.kind) {
    case 'duration':
      return sleep(until.seconds * 1000, ended);
    case 'selector':
      return waitForSelector(page, until.selector, timeout, url);
    case 'mark':
    case 'measure': {
      const late = endNeverCame(url, `the ${until.kind} “${until.name}”`, timeout);
      return withTimeout(reached(until), timeout, late, ended);
    }
    case 'scenario': {
      const run = runScenario(until.file, page, { url, signal: ended });
      return withTimeout(run, timeout, scenarioTooSlow(until.file, timeout), ended);
    }
    default:
      return until satisfies never;
  }
}

/**
 * Waits for the landmark of a visit that is not recorded, by asking the page's own world.
 * @param timeout s
 */
export const pollForLandmark = (
  page: Page,
  { kind, name }: Landmark,
  timeout: number,
): Promise<unknown> =>
  page.waitForFunction(
    (type, wanted) => performance.getEntriesByName(wanted, type).length > 0,
    { timeout: timeout * 1000, polling: 100 },
    kind,
    name,
  );

async function waitForSelector(
  page: Page,
  selector: string,
  timeout: number,
  url: string,
): Promise<void> {
  try {
    await page.waitForSelector(selector, { timeout: timeout * 1000 });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const reason = `${reasonOf(error)} ${cause === undefined ? '' : reasonOf(cause)}`.trim();
    if (/timeout|exceeded/i.test(reason))
      throw new CliError(endNeverCame(url, `an element ${selector}`, timeout));
    const invalid = /not a valid selector/.test(reason);
    throw new CliError(selectorFailed(selector, invalid ? 'not a valid selector' : reason));
  }
}

/** @throws CliError with the message if the promise takes longer, or what the promise throws */
async function withTimeout(
  promise: Promise<unknown>,
  seconds: number,
  late: string,
  ended: AbortSignal,
): Promise<void> {
  const inTime = await Promise.race([
    promise.then(() => true),
    sleep(seconds * 1000, ended).then(() => false),
  ]);
  if (!inTime) throw new CliError(late);
}

/** Resolves after so many ms, or when the recording is over. */
function sleep(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ended.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
