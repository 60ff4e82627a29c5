import browser from 'webextension-polyfill';
import type { Runtime } from 'webextension-polyfill';
import type { Settings } from '../protocol/command.ts';
import { PANEL_PORT } from './messages.ts';
import type { FromPanel, RecordingStatus, RecordMode, ToPanel } from './messages.ts';
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

  connect();
  return {
    theme: themeOf(),
    onStatus(listener) {
      listeners.add(listener);
      listener(last);
      return () => listeners.delete(listener);
    },
    async record(mode, settings) {
      const url = await pageUrl();
      await askFor(url);
      send({ type: 'record', url, mode, settings, devtools: inDevTools() });
    },
    stop: () => send({ type: 'stop' }),
  };
}

const inDevTools = (): boolean => typeof browser.devtools?.inspectedWindow?.eval === 'function';

async function pageUrl(): Promise<string> {
  if (!inDevTools()) throw new Error('Open Wasmscope in the DevTools of the page that you want to record.');
  const answer: unknown = await browser.devtools.inspectedWindow.eval('location.href');
  // Firefox and the polyfill give [result, error]; Chromium's own `browser`, which the polyfill leaves alone, the result.
  const url: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (typeof url !== 'string') throw new Error('The page’s address could not be read. Reload the page and try again.');
  return url;
}

/** Asks for the page's site where that was not done yet. */
async function askFor(url: string): Promise<void> {
  const reason = whyNot(url);
  if (reason) throw new Error(reason);
  // In Firefox a DevTools panel has no permissions API; the background then says what to do.
  if (!browser.permissions) return;
  const granted = await browser.permissions.request({ origins: [patternOf(url)] });
  if (!granted) {
    throw new Error(`Without access to ${new URL(url).host} Wasmscope cannot record this page. Press Record again and allow it; the access can be taken back at any time in the extension’s settings.`);
  }
}

function themeOf(): 'dark' | 'light' | null {
  const name = (browser.devtools?.panels as { themeName?: string } | undefined)?.themeName;
  if (!name) return null;
  return name === 'dark' ? 'dark' : 'light';
}
