import browser from 'webextension-polyfill';
import type { FromDevtools } from './messages.ts';
import { DEVTOOLS_PORT } from './messages.ts';

// The page that DevTools loads: it makes the panel, which is told the tab by its URL, and holds a port for as long
// as DevTools are open, by which the background knows that they are.
const tab = browser.devtools.inspectedWindow.tabId;

function connect(): void {
  const port = browser.runtime.connect({ name: DEVTOOLS_PORT });
  // The background was killed: connecting wakes it.
  port.onDisconnect.addListener(() => {
    if (browser.runtime?.id) connect();
  });
  port.postMessage({ tab } satisfies FromDevtools);
}

connect();
void browser.devtools.panels.create('Wasmscope', 'icons/32.png', `panel.html?tab=${tab}`);
