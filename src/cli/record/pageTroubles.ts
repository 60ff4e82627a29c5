import type { Page } from 'puppeteer-core';
import {
  moreTroubles,
  requestAnswered,
  requestFailed,
  scriptFailed,
} from '../../text/cliMessages.ts';

/** How many are shown to the user. */
const SHOWN = 3;

/** What went wrong on the page so far: why it may never get to where the recording ends. */
export interface PageTroubles {
  /** ` gone.js answered 404.`, to follow another sentence; '' if nothing went wrong. */
  text(): string;
}

/** Watches a page for failed requests and uncaught errors. */
export function watchForTroubles(page: Page): PageTroubles {
  const troubles = new Set<string>();
  page.on('response', (response) => {
    const status = response.status();
    const url = withoutQuery(response.url());
    if (status >= 400 && !isFavicon(url)) troubles.add(requestAnswered(url, status));
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // The page cancelled it, or its answer has been listed already.
    if (reason === 'net::ERR_ABORTED') return;
    troubles.add(requestFailed(withoutQuery(request.url()), reason));
  });
  page.on('pageerror', (error) => {
    troubles.add(scriptFailed(error instanceof Error ? error.message : String(error)));
  });
  return {
    text() {
      const shown = [...troubles].slice(0, SHOWN);
      const omitted = troubles.size - shown.length;
      return [...shown, ...(omitted > 0 ? [moreTroubles(omitted)] : [])]
        .map((sentence) => ` ${sentence}`)
        .join('');
    },
  };
}

/** The browser asks for it by itself, and no page waits for it. */
const isFavicon = (url: string): boolean => url.endsWith('/favicon.ico');

/** Queries may hold secrets, which do not belong in a log. */
const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? url;
