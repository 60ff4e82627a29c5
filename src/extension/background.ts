import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import { ProtocolError } from '../protocol/guard.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { createRecorder } from '../recorder/recorder.ts';
import type { SessionStore } from '../store/store.ts';
import { openStore } from '../store/store.ts';
import { storeErrorOf } from '../store/storeError.ts';
import { showBadge } from './badge.ts';
import { conditions } from './conditions.ts';
import { endIsolation, endIsolationExcept, isolateTab } from './isolation.ts';
import type {
  FromBridge,
  FromDevtools,
  FromPanel,
  RecordingStatus,
  ToBridge,
  ToPanel,
} from './messages.ts';
import { BRIDGE_PORT, DEVTOOLS_PORT, PANEL_PORT } from './messages.ts';
import { showPanelWindow } from './panelWindow.ts';
import type { ArmedTab, TabRecording } from './recordings.ts';
import { loadArmed, loadRecordings, saveArmed, saveRecordings } from './recordings.ts';
import { injectScripts, registeredSites, registerScripts } from './scripts.ts';
import { patternOf } from './site.ts';

// Starts and stops recordings and appends what bridges bring to the database. It may be killed at any time:
// what it must know is in session storage and in the database, and everything else is found again when
// bridges and panels connect.

interface Base {
  store: SessionStore;
  recorder: Recorder;
  recordings: Map<number, TabRecording>;
  armed: Map<number, ArmedTab>;
}

let opening: Promise<Base> | null = null;

/** What everything here needs; where opening the database failed, the next who asks tries again. */
function base(): Promise<Base> {
  opening ??= start().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

// At once, as sessions that a dead browser left behind are closed then; whoever asks is told of a failure.
base().catch(() => {});

const bridges = new Map<number, Set<Runtime.Port>>();
const panels = new Map<number, Set<Runtime.Port>>();
/** Of DevTools pages: a tab's DevTools are open where there is one. */
const inspectors = new Map<number, Set<Runtime.Port>>();
const statuses = new Map<number, RecordingStatus>();
/** How long the last chunks of a stopped recording are waited for, ms. */
const LAST_CHUNKS = 5000;
/** Firefox only: its DevTools pages cannot ask for permissions. */
const NOT_ALLOWED =
  'Wasmscope has no access to this site. Allow it under about:addons → Wasmscope → Permissions, then record again.';

async function start(): Promise<Base> {
  const [store, recordings, armed] = await Promise.all([
    openStore(),
    loadRecordings(),
    loadArmed(),
  ]);
  const alive = new Set([...recordings.values()].map(({ session }) => session));
  for (const { id, state } of await store.list()) {
    if (state !== 'recording' || alive.has(id)) continue;
    await store.update(id, {
      state: 'cut',
      reason: 'The browser or the extension ended while it was recording.',
      ended: Date.now(),
    });
  }
  await store.purge();
  await endIsolationExcept(new Set(recordings.keys()));
  return { store, recorder: createRecorder(store), recordings, armed };
}

browser.runtime.onConnect.addListener((port) => {
  if (port.name === BRIDGE_PORT) serveBridge(port);
  else if (port.name === PANEL_PORT) servePanel(port);
  else if (port.name === DEVTOOLS_PORT) serveDevtools(port);
});

browser.action.onClicked.addListener(({ id }) => {
  if (id !== undefined)
    void clicked(id).catch((error: unknown) =>
      tell(id, { state: 'failed', session: null, message: messageOf(error) }),
    );
});

browser.tabs.onRemoved.addListener((tab) => {
  void base().then(async ({ recordings, armed }) => {
    if (armed.delete(tab)) await saveArmed(armed);
    if (recordings.has(tab)) await finish(tab, 'complete', '');
  });
});

/** The toolbar button: stops the tab's recording, and shows it in a window. */
async function clicked(tab: number): Promise<void> {
  const { recordings } = await base();
  const stopped = recordings.has(tab) ? finish(tab, 'complete', '') : undefined;
  await showPanelWindow(tab, panels.get(tab) ?? []);
  await stopped;
}

function serveDevtools(port: Runtime.Port): void {
  port.onMessage.addListener((message) => {
    const { tab } = message as FromDevtools;
    add(inspectors, tab, port);
    port.onDisconnect.addListener(() => {
      remove(inspectors, tab, port);
      if (!inspectors.get(tab)?.size) devtoolsChanged(tab, 'closed');
    });
    devtoolsChanged(tab, 'open');
  });
}

/** DevTools were opened on a tab or closed: a recording under way notes it, one that waits for it begins or ends. */
function devtoolsChanged(tab: number, devtools: 'open' | 'closed'): void {
  void (async () => {
    const { store, recordings, armed } = await base();
    const waiting = armed.get(tab);
    if (waiting && devtools === 'closed') {
      armed.delete(tab);
      await saveArmed(armed);
      await record(tab, { ...waiting, mode: 'reload' }, true);
      return;
    }
    const recording = recordings.get(tab);
    if (!recording) return;
    if (recording.untilDevtools && devtools === 'open') {
      await finish(tab, 'complete', '');
      return;
    }
    if (recording.devtools === devtools || recording.devtools === 'mixed') return;
    recording.devtools = 'mixed';
    await saveRecordings(recordings);
    await store.update(recording.session, { conditions: await conditions('mixed') });
  })().catch((error: unknown) =>
    tell(tab, { state: 'failed', session: null, message: messageOf(error) }),
  );
}

function serveBridge(port: Runtime.Port): void {
  const tab = port.sender?.tab?.id;
  if (tab === undefined) return;
  const reply = (message: ToBridge): void => post(port, message);
  add(bridges, tab, port);
  port.onDisconnect.addListener(() => remove(bridges, tab, port));
  port.onMessage.addListener((message) => {
    void hear(message as FromBridge);
  });

  async function hear(message: FromBridge): Promise<void> {
    const { recorder, recordings } = await base();
    switch (message.type) {
      case 'hello': {
        // Before the recording is looked up: it may end meanwhile.
        const sites = await registeredSites();
        const recording = recordings.get(tab as number);
        // A page may come back from the back/forward cache that belongs to an earlier recording.
        if (recording && (message.session ?? recording.session) === recording.session) {
          reply({
            type: 'record',
            session: recording.session,
            settings: recording.settings,
            sites,
          });
          await showBadge(tab as number, 'recording');
        }
        // The recording ended while the background was away: what the bridge still holds belongs to it.
        else if (message.session) reply({ type: 'stop' });
        else reply({ type: 'idle' });
        break;
      }
      case 'chunk':
        try {
          const session = message.session ?? recordings.get(tab as number)?.session;
          if (!session) break;
          await recorder.accept(session, message.chunk);
          reply({ type: 'stored', key: message.key });
        } catch (error) {
          reply({ type: 'refused', key: message.key });
          if (!(error instanceof ProtocolError))
            await cutShort(tab as number, storeErrorOf(error).message);
        }
        break;
      case 'done':
        remove(bridges, tab as number, port);
        break;
      default:
        message satisfies never;
    }
  }
}

function servePanel(port: Runtime.Port): void {
  let tab = -1;
  port.onDisconnect.addListener(() => remove(panels, tab, port));
  port.onMessage.addListener((raw) => {
    const message = raw as FromPanel;
    void (async () => {
      switch (message.type) {
        case 'watch':
          tab = message.tab;
          add(panels, tab, port);
          post(port, { type: 'status', status: await statusOf(tab) });
          break;
        case 'record':
          await record(tab, message, false);
          break;
        case 'arm':
          await arm({ tab, url: message.url, settings: message.settings });
          break;
        case 'disarm':
          await disarm(tab);
          break;
        case 'window':
          await showPanelWindow(tab, panels.get(tab) ?? []);
          break;
        case 'stop':
          await finish(tab, 'complete', '');
          break;
        default:
          message satisfies never;
      }
    })().catch((error: unknown) =>
      tell(tab, { state: 'failed', session: null, message: messageOf(error) }),
    );
  });
}

async function statusOf(tab: number): Promise<RecordingStatus> {
  const { recordings, armed } = await base();
  const recording = recordings.get(tab);
  if (statuses.has(tab)) return statuses.get(tab) as RecordingStatus;
  if (!recording) return { state: armed.has(tab) ? 'armed' : 'idle' };
  return {
    state: 'recording',
    session: recording.session,
    since: recording.since,
    mode: recording.mode,
  };
}

function tell(tab: number, status: RecordingStatus): void {
  statuses.set(tab, status);
  void showBadge(tab, status.state);
  for (const port of panels.get(tab) ?? []) post(port, { type: 'status', status });
}

async function arm(asked: ArmedTab): Promise<void> {
  const { recordings, armed } = await base();
  if (recordings.has(asked.tab)) return;
  armed.set(asked.tab, asked);
  await saveArmed(armed);
  tell(asked.tab, { state: 'armed' });
}

async function disarm(tab: number): Promise<void> {
  const { armed } = await base();
  if (!armed.delete(tab)) return;
  await saveArmed(armed);
  tell(tab, { state: 'idle' });
}

async function record(
  tab: number,
  asked: Omit<Extract<FromPanel, { type: 'record' }>, 'type'>,
  untilDevtools: boolean,
): Promise<void> {
  const { store, recordings } = await base();
  if (recordings.has(tab) || statuses.get(tab)?.state === 'starting') return;
  tell(tab, { state: 'starting' });
  const session = crypto.randomUUID();
  let created = false;
  try {
    const { href } = new URL(asked.url);
    const devtools = inspectors.get(tab)?.size ? 'open' : 'closed';
    const site = patternOf(asked.url);
    if (!(await browser.permissions.contains({ origins: [site] }))) throw new Error(NOT_ALLOWED);
    const page = asked.settings.keepQuery ? href : (href.split(/[?#]/)[0] as string);
    await store.create({
      id: session,
      name: '',
      note: '',
      page,
      started: Date.now(),
      ended: null,
      state: 'recording',
      reason: '',
      source: 'extension',
      mode: asked.mode,
      settings: asked.settings,
      conditions: await conditions(devtools),
      bytes: 0,
      segments: 0,
    });
    created = true;
    const since = Date.now();
    recordings.set(tab, {
      tab,
      session,
      site,
      since,
      mode: asked.mode,
      settings: asked.settings,
      devtools,
      untilDevtools,
    });
    await saveRecordings(recordings);
    await registerScripts(sites(recordings));
    if (asked.mode === 'reload') {
      if (asked.settings.isolated) await isolateTab(tab);
      await browser.tabs.reload(tab);
    } else await injectScripts(tab);
    tell(tab, { state: 'recording', session, since, mode: asked.mode });
  } catch (error) {
    await forget(tab, recordings);
    if (created) await store.trash(session);
    tell(tab, {
      state: 'failed',
      session: null,
      message: `Recording could not start: ${messageOf(error)}`,
    });
  }
}

const sites = (recordings: ReadonlyMap<number, TabRecording>): string[] => [
  ...new Set([...recordings.values()].map(({ site }) => site)),
];

/** What a recording changed in the browser is as it was. */
async function forget(tab: number, recordings: Map<number, TabRecording>): Promise<void> {
  recordings.delete(tab);
  await saveRecordings(recordings);
  await registerScripts(sites(recordings));
  await endIsolation([tab]);
}

/** Ends a tab's recording: stops its agents, waits for their last chunks, and closes the session. */
async function finish(tab: number, state: 'complete' | 'cut', reason: string): Promise<void> {
  const { recorder, recordings } = await base();
  const recording = recordings.get(tab);
  if (!recording) return;
  tell(tab, { state: 'stopping', session: recording.session });
  await forget(tab, recordings);
  for (const port of bridges.get(tab) ?? []) post(port, { type: 'stop' });
  await Promise.race([emptied(tab), new Promise((late) => setTimeout(late, LAST_CHUNKS))]);
  await recorder.finish(recording.session, state, reason);
  if (state === 'complete') tell(tab, { state: 'idle' });
  else tell(tab, { state: 'failed', session: recording.session, message: reason });
}

/** The disk is full, or the database is gone: what was stored stays. */
async function cutShort(tab: number, reason: string): Promise<void> {
  await finish(tab, 'cut', reason).catch((error: unknown) => {
    tell(tab, { state: 'failed', session: null, message: `${reason} (${messageOf(error)})` });
  });
}

const whenEmpty = new Map<number, () => void>();

function emptied(tab: number): Promise<void> {
  if (!bridges.get(tab)?.size) return Promise.resolve();
  return new Promise((done) => whenEmpty.set(tab, done));
}

function add(ports: Map<number, Set<Runtime.Port>>, tab: number, port: Runtime.Port): void {
  const set = ports.get(tab) ?? new Set();
  set.add(port);
  ports.set(tab, set);
}

function remove(ports: Map<number, Set<Runtime.Port>>, tab: number, port: Runtime.Port): void {
  const set = ports.get(tab);
  set?.delete(port);
  if (ports === bridges && set?.size === 0) {
    whenEmpty.get(tab)?.();
    whenEmpty.delete(tab);
  }
}

function post(port: Runtime.Port, message: ToBridge | ToPanel): void {
  try {
    port.postMessage(message);
  } catch {
    // The other side has gone; its onDisconnect follows.
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
