import browser from 'webextension-polyfill';

// The page that DevTools loads: it only makes the panel, which is told the tab by its URL.
const tab = browser.devtools.inspectedWindow.tabId;
void browser.devtools.panels.create('Wasmscope', 'icons/32.png', `panel.html?tab=${tab}`);
