import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import { showBadge } from './badge.ts';
import { errorMessage } from './errorMessage.ts';
import type { RecordingStatus, ToBridge, ToPanel } from './messages.ts';
import { BRIDGE_PORT, DEVTOOLS_PORT, isFromDevtools, isFromPanel, PANEL_PORT } from './messages.ts';
import type { Background } from './openBackground.ts';
import { openBackground } from './openBackground.ts';
import { panelEvent } from './panelEvent.ts';
import { showPanelWindow } from './panelWindow.ts';
import { createTabPorts, onMessage, sendTo } from './ports.ts';
import { serveBridge } from './serveBridge.ts';
import type { TabEvent } from './tabEvents.ts';
import type { NewSession } from './tabState.ts';
import { statusOf } from './tabState.ts';

// Turns what happens in the browser into events of tabs: reduceTab.ts says what follows from them,
// effects.ts does it. The background may be killed at any time: what it must know is in session
// storage and in the database; bridges, panels and DevTools pages connect again.

const bridges = createTabPorts<ToBridge>();
const panels = createTabPorts<ToPanel>();
const devtools = createTabPorts<never>();

let opening: Promise<Background> | null = null;

/** Where opening failed, the next caller tries again. */
function background(): Promise<Background> {
  opening ??= openBackground(bridges, showStatus).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

// At once, as this also closes the sessions that a dead browser left. Callers report a failure.
background().catch(() => {});

browser.runtime.onConnect.addListener((port) => {
  if (port.name === BRIDGE_PORT) serveBridge(port, bridges, background);
  else if (port.name === PANEL_PORT) servePanel(port);
  else if (port.name === DEVTOOLS_PORT) serveDevtools(port);
});

// The toolbar button stops the tab's recording, and shows it in a window.
browser.action.onClicked.addListener(({ id: tab }) => {
  if (tab === undefined) return;
  void dispatch(tab, { type: 'stop requested' });
  void showWindow(tab);
});

browser.tabs.onRemoved.addListener((tab) => void dispatch(tab, { type: 'tab closed' }));

async function dispatch(tab: number, event: TabEvent): Promise<void> {
  try {
    const { tabs } = await background();
    tabs.dispatch(tab, event);
  } catch (error) {
    showStatus(tab, { state: 'failed', session: null, message: errorMessage(error) });
  }
}

function showStatus(tab: number, status: RecordingStatus): void {
  void showBadge(tab, status.state);
  panels.send(tab, { type: 'status', status });
}

async function showWindow(tab: number): Promise<void> {
  try {
    await background();
    await showPanelWindow(tab, panels.in(tab));
  } catch (error) {
    await dispatch(tab, { type: 'window failed', message: errorMessage(error) });
  }
}

const newSession = (): NewSession => ({ id: crypto.randomUUID(), time: Date.now() });

function serveDevtools(port: Runtime.Port): void {
  onMessage(port, isFromDevtools, ({ tab }) => {
    devtools.add(tab, port, () => {
      if (devtools.in(tab).size > 0) return;
      void dispatch(tab, { type: 'devtools closed', newSession: newSession() });
    });
    void dispatch(tab, { type: 'devtools opened' });
  });
}

function servePanel(port: Runtime.Port): void {
  let tab: number | null = null;
  onMessage(port, isFromPanel, (message) => {
    if (message.type === 'watch') {
      tab = message.tab;
      panels.add(tab, port);
      void sendStatus(tab, port);
      return;
    }
    if (tab === null) return;
    if (message.type === 'window') void showWindow(tab);
    else void dispatch(tab, panelEvent(message, newSession()));
  });
}

async function sendStatus(tab: number, port: Runtime.Port): Promise<void> {
  try {
    const { tabs } = await background();
    sendTo<ToPanel>(port, { type: 'status', status: statusOf(tabs.stateOf(tab)) });
  } catch (error) {
    showStatus(tab, { state: 'failed', session: null, message: errorMessage(error) });
  }
}
