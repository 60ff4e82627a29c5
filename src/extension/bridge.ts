import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import { COMMAND, HELLO, REPORT } from '../protocol/channel.ts';
import type { ClosedFrame, Command } from '../protocol/command.ts';
import { DEFAULT_SETTINGS } from '../protocol/command.ts';
import { readReport } from '../protocol/guard.ts';
import { createClosedFrames } from './closedFrames.ts';
import type { FromBridge, ToBridge } from './messages.ts';
import { BRIDGE_PORT } from './messages.ts';

// Between the agent in the page and the background. Keeps each chunk until it is acknowledged as stored;
// the background may die and come back at any time. What comes from the agent is text, and is checked by
// the recorder.

/** Text kept unacknowledged, characters: about ten minutes of a busy page. */
const MOST_WAITING = 64 * 2 ** 20;

type State =
  /** The background has not yet said whether this tab is recorded. */
  | { kind: 'asking' }
  | { kind: 'recording'; session: string }
  | { kind: 'finishing'; session: string }
  | { kind: 'off' };

/** False once the extension was updated, disabled or removed: this script is all that is left of it. */
function alive(): boolean {
  try {
    return browser.runtime.id !== undefined;
  } catch {
    return false;
  }
}

function startBridge(): void {
  let state: State = { kind: 'asking' };
  let agent: EventTarget | null = null;
  let connection: Runtime.Port | null = null;
  let closedFrames: ReturnType<typeof createClosedFrames> = () => [];
  let nextKey = 0;
  const waiting = new Map<number, string>();
  let waitingSize = 0;

  function command(given: Command | ClosedFrame): void {
    agent?.dispatchEvent(new CustomEvent(COMMAND, { detail: JSON.stringify(given) }));
  }

  function hearAgent(event: Event): void {
    if (!(event instanceof MessageEvent) || !event.ports[0] || agent) return;
    agent = event.ports[0];
    removeEventListener(HELLO, hearAgent);
    agent.addEventListener(REPORT, hearReport);
    // At once, as a short-lived page may be gone before the background answers.
    if (state.kind !== 'off') command({ type: 'start', settings: DEFAULT_SETTINGS });
    else command({ type: 'stop' });
  }

  function hearReport(event: Event): void {
    if (state.kind === 'off') return;
    const report = readReport(String((event as CustomEvent).detail));
    if (report.type === 'stopped') {
      agent = null;
      finishIfDone();
      return;
    }
    const { chunk } = report;
    const key = nextKey++;
    waiting.set(key, chunk);
    waitingSize += chunk.length;
    // A gap in the chunks' numbers shows in the session as chunks that never arrived.
    for (const [oldest, text] of waiting) {
      if (waitingSize <= MOST_WAITING) break;
      waiting.delete(oldest);
      waitingSize -= text.length;
    }
    // Before the answer too: the page may be about to go, and what comes twice counts once.
    send({ type: 'chunk', key, session: state.kind === 'asking' ? null : state.session, chunk });
    tellClosedFrames();
  }

  /** For the agent's next chunk. */
  function tellClosedFrames(): void {
    for (const frame of closedFrames()) command(frame);
  }

  function sendWaiting(session: string): void {
    for (const [key, chunk] of waiting) send({ type: 'chunk', key, session, chunk });
  }

  function send(message: FromBridge): void {
    try {
      connection?.postMessage(message);
    } catch {
      // The port has just closed: what is not acknowledged goes again over the next one. Where the
      // extension itself has gone, there is none, and Chromium does not fire onDisconnect.
      if (!alive()) fallSilent();
    }
  }

  function connect(): void {
    try {
      connection = browser.runtime.connect({ name: BRIDGE_PORT });
    } catch {
      fallSilent(); // the extension was updated, disabled or removed
      return;
    }
    const port = connection;
    port.onMessage.addListener((message) => obey(message as ToBridge));
    port.onDisconnect.addListener(() => {
      if (connection !== port) return;
      connection = null;
      if (state.kind === 'off') return;
      if (alive()) connect();
      else fallSilent();
    });
    const session = state.kind === 'recording' || state.kind === 'finishing' ? state.session : null;
    send({ type: 'hello', session });
    // What the background that died had not stored, whether the recording still goes on or not.
    if (session !== null) sendWaiting(session);
  }

  function obey(message: ToBridge): void {
    switch (message.type) {
      case 'record': {
        if (state.kind !== 'asking') break;
        state = { kind: 'recording', session: message.session };
        closedFrames = createClosedFrames(message.sites);
        command({ type: 'start', settings: message.settings });
        sendWaiting(message.session);
        break;
      }
      case 'idle':
        if (state.kind === 'asking') fallSilent();
        else stop();
        break;
      case 'stored':
      case 'refused':
        waitingSize -= waiting.get(message.key)?.length ?? 0;
        waiting.delete(message.key);
        finishIfDone();
        break;
      case 'stop':
        stop();
        break;
      default:
        message satisfies never;
    }
  }

  function stop(): void {
    if (state.kind !== 'recording') return;
    tellClosedFrames();
    // First the state: an agent may stop at once.
    state = { kind: 'finishing', session: state.session };
    command({ type: 'stop' });
    finishIfDone();
  }

  function finishIfDone(): void {
    if (state.kind !== 'finishing' || agent || waiting.size > 0) return;
    send({ type: 'done' });
    state = { kind: 'off' };
    connection?.disconnect();
  }

  function fallSilent(): void {
    state = { kind: 'off' };
    waiting.clear();
    command({ type: 'stop' });
    removeEventListener(HELLO, hearAgent);
    agent?.removeEventListener(REPORT, hearReport);
    connection?.disconnect();
  }

  // Browsers close the ports of a page that goes into the back/forward cache, and tell the page nothing of it.
  function comeBack({ persisted }: PageTransitionEvent): void {
    if (!persisted || state.kind === 'off') return;
    connection?.disconnect();
    connect();
  }

  addEventListener(HELLO, hearAgent);
  addEventListener('pageshow', comeBack);
  // Ahead of the agent, which hands its last chunk over then.
  addEventListener('pagehide', tellClosedFrames, { capture: true });
  connect();
  // Where the agent came first, this makes it greet again.
  dispatchEvent(new MessageEvent(HELLO));
}

startBridge();
