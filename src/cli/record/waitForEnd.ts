import type { Page } from 'puppeteer-core';
import {
  endNeverCame,
  scenarioTooSlow,
  selectorFailed,
  selectorInvalid,
} from '../../text/cliMessages.ts';
import { CliError, reasonOf } from '../cliError.ts';
import type { PageTroubles } from './pageTroubles.ts';
import type { RunPlan } from './runPlan.ts';
import { runScenario } from './scenario.ts';
import type { Landmark } from './until.ts';

/** What else ends the wait. */
interface Waiting {
  /** Resolves when the page has set the landmark. */
  reached(landmark: Landmark): Promise<unknown>;
  /** Aborted when the recording is over: nothing is waited for any longer. */
  ended: AbortSignal;
  troubles: PageTroubles;
}

/**
 * Waits until the recording ends as planned.
 * @throws CliError if that does not happen in time, with what went wrong on the page
 */
export async function waitForEnd(
  page: Page,
  { until, timeout, url }: RunPlan,
  { reached, ended, troubles }: Waiting,
): Promise<void> {
  const neverCame = (end: string) => (): CliError =>
    new CliError(`${endNeverCame(url, end, timeout)}${troubles.text()}`);
  switch (until.kind) {
    case 'duration':
      return sleep(until.seconds * 1000, ended);
    case 'selector':
      return waitForSelector(
        page,
        until.selector,
        timeout,
        neverCame(`an element ${until.selector}`),
      );
    case 'mark':
    case 'measure': {
      const late = neverCame(`the ${until.kind} “${until.name}”`);
      return withTimeout(reached(until), timeout, late, ended);
    }
    case 'scenario': {
      const run = runScenario(until.file, page, { url, signal: ended });
      const late = (): CliError =>
        new CliError(`${scenarioTooSlow(until.file, timeout)}${troubles.text()}`);
      return withTimeout(run, timeout, late, ended);
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
  late: () => CliError,
): Promise<void> {
  // While it waits, puppeteer takes a selector that is not valid for one that matches nothing.
  const invalid = await page.$(selector).then(
    () => false,
    (error) => /not a valid selector/.test(reasonWithCause(error)),
  );
  if (invalid) throw new CliError(selectorInvalid(selector));
  try {
    await page.waitForSelector(selector, { timeout: timeout * 1000 });
  } catch (error) {
    const reason = reasonWithCause(error);
    if (/timeout|exceeded/i.test(reason)) throw late();
    throw new CliError(selectorFailed(selector, reason));
  }
}

function reasonWithCause(error: unknown): string {
  const reason = reasonOf(error);
  const hasCause = error instanceof Error && error.cause !== undefined;
  return hasCause ? `${reason}: ${reasonOf(error.cause)}` : reason;
}

/** @throws the late error if the promise takes longer, or what the promise throws */
async function withTimeout(
  promise: Promise<unknown>,
  seconds: number,
  late: () => CliError,
  ended: AbortSignal,
): Promise<void> {
  const inTime = await Promise.race([
    promise.then(() => true),
    sleep(seconds * 1000, ended).then(() => false),
  ]);
  if (!inTime) throw late();
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
