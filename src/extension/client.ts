import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import type { Settings } from '../protocol/command.ts';
import { accessRefused } from '../text/extensionMessages.ts';
import type { FromPanel, RecordingStatus, RecordMode } from './messages.ts';
import { isToPanel, PANEL_PORT } from './messages.ts';
import { createPageUrl, inDevTools } from './pageUrl.ts';
import { onMessage } from './ports.ts';
import { sitePattern, whyNotRecordable } from './site.ts';

export type { RecordingStatus, RecordMode } from './messages.ts';

/** What the panel can ask of the background. */
export interface BackgroundClient {
  /**
   * Calls back at once and on every change.
   * @returns ends the calls
   */
  onStatus(listener: (status: RecordingStatus) => void): () => void;
  /**
   * Records the panel's tab. To be called straight from a click, as it may ask for access to the
   * site.
   * @throws Error with a sentence for people: access was refused, or no extension may run there
   */
  record(mode: RecordMode, settings: Settings): Promise<void>;
  stop(): void;
  /**
   * Records the tab once its DevTools are closed, starting with a reload, until they are opened
   * again. To be called straight from a click.
   * @throws Error as `record` does
   */
  arm(settings: Settings): Promise<void>;
  disarm(): void;
  /**
   * Shows the panel in a window of its own, so that DevTools can be closed. To be called straight
   * from a click.
   * @throws Error as `record` does
   */
  openWindow(): Promise<void>;
  readonly place: 'devtools' | 'window';
  /** The theme of DevTools; null outside them. */
  readonly theme: 'dark' | 'light' | null;
}

/** Connects a panel to the background, and connects again when the background was killed. */
export function connectBackground(tab: number): BackgroundClient {
  const listeners = new Set<(status: RecordingStatus) => void>();
  let lastStatus: RecordingStatus = { state: 'idle' };
  let port = connect();

  function connect(): Runtime.Port {
    const opened = browser.runtime.connect({ name: PANEL_PORT });
    onMessage(opened, isToPanel, ({ status }) => {
      lastStatus = status;
      for (const listener of listeners) listener(status);
    });
    opened.onDisconnect.addListener(() => {
      // Connecting wakes the background. Without an id the extension itself has gone.
      if (browser.runtime?.id) port = connect();
    });
    opened.postMessage({ type: 'watch', tab } satisfies FromPanel);
    return opened;
  }

  const send = (message: FromPanel): void => port.postMessage(message);
  const pageUrl = createPageUrl(tab);

  /** The page's address, once the user has allowed its site. */
  async function allowedUrl(): Promise<string> {
    const now = pageUrl();
    const url = typeof now === 'string' ? now : await now;
    await askForAccess(url);
    return url;
  }

  return {
    theme: devtoolsTheme(),
    place: inDevTools() ? 'devtools' : 'window',
    onStatus(listener) {
      listeners.add(listener);
      listener(lastStatus);
      return () => listeners.delete(listener);
    },
    async record(mode, settings) {
      send({ type: 'record', url: await allowedUrl(), mode, settings });
    },
    async arm(settings) {
      send({ type: 'arm', url: await allowedUrl(), settings });
    },
    disarm: () => send({ type: 'disarm' }),
    async openWindow() {
      await allowedUrl();
      send({ type: 'window' });
    },
    stop: () => send({ type: 'stop' }),
  };
}

/** Asks for access to the page's site, unless it was given before. */
async function askForAccess(url: string): Promise<void> {
  const reason = whyNotRecordable(url);
  if (reason !== null) throw new Error(reason);
  // In Firefox a DevTools panel has no permissions API; the background then says what to do.
  if (!browser.permissions) return;
  const granted = await browser.permissions.request({ origins: [sitePattern(url)] });
  if (!granted) throw new Error(accessRefused(new URL(url).host));
}

function devtoolsTheme(): 'dark' | 'light' | null {
  const name = browser.devtools?.panels?.themeName;
  if (!name) return null;
  return name === 'dark' ? 'dark' : 'light';
}
