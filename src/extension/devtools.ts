import browser from 'webextension-polyfill';
import type { FromDevtools } from './messages.ts';
import { DEVTOOLS_PORT } from './messages.ts';

// The page that DevTools load. It adds the panel, whose URL says which tab it belongs to, and holds
// a port for as long as DevTools are open, by which the background knows that they are.
const tab = browser.devtools.inspectedWindow.tabId;

function connect(): void {
  const port = browser.runtime.connect({ name: DEVTOOLS_PORT });
  port.onDisconnect.addListener(() => {
    // The background was killed: connecting wakes it. Without an id the extension itself has gone.
    if (browser.runtime?.id) connect();
  });
  port.postMessage({ type: 'opened', tab } satisfies FromDevtools);
}

connect();
void browser.devtools.panels.create('Wasmscope', 'icons/32.png', `panel.html?tab=${tab}`);
