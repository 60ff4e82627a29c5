import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import type { Settings } from '../protocol/command.ts';
import type { FromPanel, RecordingStatus, RecordMode, ToPanel } from './messages.ts';
import { PANEL_PORT } from './messages.ts';
import { createPageUrl, inDevTools } from './pageUrl.ts';
import { patternOf, whyNot } from './site.ts';

export type { RecordingStatus, RecordMode } from './messages.ts';

/** The panel's side of the background. */
export interface BackgroundClient {
  /** Calls back at once and on every change. Returns what ends it. */
  onStatus(listener: (status: RecordingStatus) => void): () => void;
  /**
   * Records the inspected tab. To be called straight from a click, as it may ask for the site.
   * @throws Error with a message for the user: no permission, or a page where extensions may not run
   */
  record(mode: RecordMode, settings: Settings): Promise<void>;
  stop(): void;
  /**
   * Records the tab once its DevTools are closed, from a load on, until they are opened again. As `record`.
   * @throws Error as `record` does
   */
  arm(settings: Settings): Promise<void>;
  disarm(): void;
  /**
   * Goes on in a window of its own, so that DevTools can be closed. As `record`.
   * @throws Error as `record` does
   */
  openWindow(): Promise<void>;
  readonly place: 'devtools' | 'window';
  /** 'dark' or 'light' as DevTools is; null outside DevTools. */
  readonly theme: 'dark' | 'light' | null;
}

export function connectBackground(tab: number): BackgroundClient {
  const listeners = new Set<(status: RecordingStatus) => void>();
  let last: RecordingStatus = { state: 'idle' };
  let port: Runtime.Port;

  function connect(): void {
    port = browser.runtime.connect({ name: PANEL_PORT });
    port.onMessage.addListener((message) => {
      last = (message as ToPanel).status;
      for (const listener of listeners) listener(last);
    });
    // The background was killed: connecting wakes it.
    port.onDisconnect.addListener(() => {
      if (browser.runtime?.id) connect();
    });
    send({ type: 'watch', tab });
  }

  function send(message: FromPanel): void {
    port.postMessage(message);
  }

  const pageUrl = createPageUrl(tab);

  /** The page's address, once its site is allowed. */
  async function allowedUrl(): Promise<string> {
    const now = pageUrl();
    const url = typeof now === 'string' ? now : await now;
    await askFor(url);
    return url;
  }

  connect();
  return {
    theme: themeOf(),
    place: inDevTools() ? 'devtools' : 'window',
    onStatus(listener) {
      listeners.add(listener);
      listener(last);
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

/** Asks for the page's site where that was not done yet. */
async function askFor(url: string): Promise<void> {
  const reason = whyNot(url);
  if (reason) throw new Error(reason);
  // In Firefox a DevTools panel has no permissions API; the background then says what to do.
  if (!browser.permissions) return;
  const granted = await browser.permissions.request({ origins: [patternOf(url)] });
  if (!granted) {
    throw new Error(
      `Without access to ${new URL(url).host} Wasmscope cannot record this page. Press Record again and allow it; the access can be taken back at any time in the extension’s settings.`,
    );
  }
}

function themeOf(): 'dark' | 'light' | null {
  const name = (browser.devtools?.panels as { themeName?: string } | undefined)?.themeName;
  if (!name) return null;
  return name === 'dark' ? 'dark' : 'light';
}
