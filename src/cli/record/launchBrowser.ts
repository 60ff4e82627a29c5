import { existsSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import {
  browserCrashed,
  browserDidNotStart,
  browserMissing,
  browserNotFound,
} from '../../text/cliMessages.ts';
import { CliError, reasonOf } from '../cliError.ts';
import { CHROMIUM_FLAGS, findBrowser } from '../findBrowser.mjs';

export interface LaunchOptions {
  /** Undefined: found in the usual places. */
  path: string | undefined;
  headed: boolean;
  flags: readonly string[];
}

export interface LaunchedBrowser {
  browser: Browser;
  /** Rejects when the browser dies. */
  crashed: Promise<never>;
  /** Closes the browser, or kills it if it does not close. */
  close(): Promise<void>;
}

/** How long the browser may take to start, ms. */
const START_PATIENCE = 30_000;
/** How long the browser may take to close before it is killed, ms. */
const CLOSE_PATIENCE = 5000;

/** @throws CliError if there is no browser, or it does not start */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const browser = await start(options);
  let closing = false;
  const crashed = new Promise<never>((_, reject) => {
    browser.once('disconnected', () => {
      if (!closing) reject(new CliError(browserCrashed));
    });
  });
  // Everything that waits is raced with this, but nothing may be waiting when it rejects.
  crashed.catch(() => {});
  return {
    browser,
    crashed,
    async close() {
      closing = true;
      const child = browser.process();
      const killer = setTimeout(() => child?.kill('SIGKILL'), CLOSE_PATIENCE);
      await browser.close().catch(() => child?.kill('SIGKILL'));
      clearTimeout(killer);
    },
  };
}

async function start({ path, headed, flags }: LaunchOptions): Promise<Browser> {
  const executablePath = path ?? usualBrowser();
  if (!existsSync(executablePath)) throw new CliError(browserMissing(executablePath));
  try {
    return await puppeteer.launch({
      executablePath,
      headless: !headed,
      pipe: true,
      args: [...CHROMIUM_FLAGS, ...flags],
      timeout: START_PATIENCE,
      // Signals are ours: what was begun is cleaned up first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: 0,
      ...(headed && { defaultViewport: null }),
    });
  } catch (error) {
    throw new CliError(browserDidNotStart(executablePath, reasonOf(error)));
  }
}

function usualBrowser(): string {
  try {
    return findBrowser();
  } catch (error) {
    throw new CliError(browserNotFound(reasonOf(error)));
  }
}
