import type { Page } from 'puppeteer-core';
import { pageAnswered, pageTooSlow, pageUnreachable, unsafePort } from '../../text/cliMessages.ts';
import { CliError, reasonOf } from '../cliError.ts';
import type { RunPlan } from './runPlan.ts';

/** Opens the plan's page. @throws CliError that says why it could not be opened */
export async function visitPage(page: Page, { url, until, timeout }: RunPlan): Promise<void> {
  // An element, mark or measure may appear before the page has loaded.
  const waitUntil =
    until.kind === 'duration' || until.kind === 'scenario' ? 'load' : 'domcontentloaded';
  const response = await page
    .goto(url, { waitUntil, timeout: timeout * 1000 })
    .catch((error: unknown) => {
      throw new CliError(openingFailed(reasonOf(error), url, timeout));
    });
  if (response && !response.ok() && response.status() !== 304)
    throw new CliError(pageAnswered(url, response.status()));
}

function openingFailed(reason: string, url: string, timeout: number): string {
  if (/timeout/i.test(reason)) return pageTooSlow(url, timeout);
  if (/ERR_UNSAFE_PORT/.test(reason)) return unsafePort(new URL(url).port);
  // Puppeteer appends the address: `net::ERR_CONNECTION_REFUSED at http://…`.
  return pageUnreachable(url, reason.split(' at ', 1)[0] ?? reason);
}
