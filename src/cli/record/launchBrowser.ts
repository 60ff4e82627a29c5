import { existsSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { CliError, reasonOf } from '../cliError.ts';
import { CHROMIUM_FLAGS, findBrowser } from '../findBrowser.mjs';

export interface LaunchOptions {
  /** Undefined: found in the usual places. */
  path: string | undefined;
  headed: boolean;
  flags: readonly string[];
}

/** A browser that is surely closed. */
export interface LaunchedBrowser {
  browser: Browser;
  /** Rejects when the browser dies. */
  crashed: Promise<never>;
  close(): Promise<void>;
}

/** How long the browser may take to close before it is killed, ms. */
const PATIENCE = 5000;

/** @throws CliError that says what to do where there is no browser, or none that starts */
export async function launchBrowser({
  path,
  headed,
  flags,
}: LaunchOptions): Promise<LaunchedBrowser> {
  const executablePath = path ?? found();
  if (!existsSync(executablePath))
    throw new CliError(`--browser is ${executablePath}, and there is no such file.`);
  const browser = await puppeteer
    .launch({
      executablePath,
      headless: !headed,
      pipe: true,
      args: [...CHROMIUM_FLAGS, ...flags],
      timeout: 30_000,
      // Ctrl-C is ours: what was begun is put away first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: 0,
      ...(headed && { defaultViewport: null }),
    })
    .catch((error: unknown) => {
      throw new CliError(
        `${executablePath} did not start (${reasonOf(error)}). Run it by hand to see why; on a server without a sandbox, add --browser-flag=--no-sandbox.`,
      );
    });
  let closing = false;
  const crashed = new Promise<never>((_, reject) => {
    browser.once('disconnected', () => {
      if (!closing)
        reject(
          new CliError(
            'The browser crashed or was closed while it was recording. Record again; nothing was written.',
          ),
        );
    });
  });
  // Whoever waits for something races it with this; nobody may be waiting just then.
  crashed.catch(() => {});
  return {
    browser,
    crashed,
    async close() {
      closing = true;
      const child = browser.process();
      const killed = setTimeout(() => child?.kill('SIGKILL'), PATIENCE);
      await browser.close().catch(() => child?.kill('SIGKILL'));
      clearTimeout(killed);
    },
  };
}

function found(): string {
  try {
    return findBrowser();
  } catch (error) {
    throw new CliError(`${reasonOf(error)} Or give its path with --browser.`);
  }
}
