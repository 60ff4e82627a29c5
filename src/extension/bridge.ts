import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import type { Report } from '../protocol/command.ts';
import { DEFAULT_SETTINGS } from '../protocol/defaultSettings.ts';
import { findAgent, greetAgent } from './agentLink.ts';
import { createClosedFrames } from './closedFrames.ts';
import { extensionIsAlive } from './extensionIsAlive.ts';
import type { FromBridge, ToBridge } from './messages.ts';
import { BRIDGE_PORT, isToBridge } from './messages.ts';
import { onMessage } from './ports.ts';
import { createUnstoredChunks } from './unstoredChunks.ts';

type State =
  /** The background has not yet said whether this tab is recorded. */
  | { kind: 'asking' }
  | { kind: 'recording'; session: string }
  /** The agent was stopped; its last chunks are awaited and stored. */
  | { kind: 'finishing'; session: string }
  | { kind: 'off' };

/**
 * Between the agent in the page and the background. Keeps each chunk until the background has
 * stored it; the background may die and come back at any time. What the agent says is text, and is
 * checked by the recorder.
 */
class Bridge {
  #state: State = { kind: 'asking' };
  #connection: Runtime.Port | null = null;
  #newClosedFrames: ReturnType<typeof createClosedFrames> = () => [];
  readonly #unstored = createUnstoredChunks();
  readonly #agent = findAgent(
    () => this.#startAgent(),
    (report) => this.#hearReport(report),
  );

  start(): void {
    addEventListener('pageshow', (event) => this.#comeBack(event));
    // Before the agent, which hands its last chunk over then.
    addEventListener('pagehide', () => this.#reportClosedFrames(), { capture: true });
    this.#connect();
    greetAgent();
  }

  /** Before the background answers, as a short-lived page may be gone by then. */
  #startAgent(): void {
    if (this.#state.kind === 'off') this.#agent.send({ type: 'stop' });
    else this.#agent.send({ type: 'start', settings: DEFAULT_SETTINGS });
  }

  #hearReport(report: Report): void {
    if (this.#state.kind === 'off') return;
    if (report.type === 'stopped') {
      this.#finishIfDone();
      return;
    }
    const { chunk } = report;
    const key = this.#unstored.add(chunk);
    // Before the background's answer, too: the page may be about to go, and a chunk that arrives
    // twice counts once.
    this.#send({ type: 'chunk', key, session: this.#session(), chunk });
    this.#reportClosedFrames();
  }

  /** The agent puts them into its next chunk. */
  #reportClosedFrames(): void {
    for (const frame of this.#newClosedFrames()) this.#agent.send(frame);
  }

  #connect(): void {
    let port: Runtime.Port;
    try {
      port = browser.runtime.connect({ name: BRIDGE_PORT });
    } catch {
      // The extension was updated, disabled or removed.
      this.#turnOff();
      return;
    }
    this.#connection = port;
    onMessage(port, isToBridge, (message) => this.#obey(message));
    port.onDisconnect.addListener(() => {
      if (this.#connection === port) this.#reconnect();
    });
    const session = this.#session();
    this.#send({ type: 'hello', session });
    // What a background that died had not stored, even if the recording has ended meanwhile.
    if (session !== null) this.#sendUnstored(session);
  }

  #reconnect(): void {
    this.#connection = null;
    if (this.#state.kind === 'off') return;
    if (extensionIsAlive()) this.#connect();
    else this.#turnOff();
  }

  /** When a page enters the back/forward cache, browsers close its ports without notice. */
  #comeBack({ persisted }: PageTransitionEvent): void {
    if (!persisted || this.#state.kind === 'off') return;
    this.#connection?.disconnect();
    this.#connect();
  }

  #send(message: FromBridge): void {
    try {
      this.#connection?.postMessage(message);
    } catch {
      // The port has just closed: chunks are sent again over the next one. Where the extension has
      // gone there is none, and Chromium does not fire onDisconnect.
      if (!extensionIsAlive()) this.#turnOff();
    }
  }

  #sendUnstored(session: string): void {
    for (const [key, chunk] of this.#unstored.all())
      this.#send({ type: 'chunk', key, session, chunk });
  }

  #obey(message: ToBridge): void {
    switch (message.type) {
      case 'record':
        this.#record(message);
        break;
      case 'idle':
        if (this.#state.kind === 'asking') this.#turnOff();
        else this.#stop();
        break;
      case 'stored':
      case 'refused':
        this.#unstored.remove(message.key);
        this.#finishIfDone();
        break;
      case 'stop':
        this.#stop();
        break;
      default:
        message satisfies never;
    }
  }

  #record({ session, settings, sites }: Extract<ToBridge, { type: 'record' }>): void {
    if (this.#state.kind !== 'asking') return;
    this.#state = { kind: 'recording', session };
    this.#newClosedFrames = createClosedFrames(sites);
    this.#agent.send({ type: 'start', settings });
    this.#sendUnstored(session);
  }

  #stop(): void {
    if (this.#state.kind !== 'recording') return;
    this.#reportClosedFrames();
    // The state first: an agent may stop at once.
    this.#state = { kind: 'finishing', session: this.#state.session };
    this.#agent.send({ type: 'stop' });
    this.#finishIfDone();
  }

  #finishIfDone(): void {
    if (this.#state.kind !== 'finishing') return;
    if (this.#agent.isOpen() || !this.#unstored.isEmpty()) return;
    this.#send({ type: 'done' });
    this.#state = { kind: 'off' };
    this.#connection?.disconnect();
  }

  /** Nothing is recorded, or nobody is there to record it. */
  #turnOff(): void {
    this.#state = { kind: 'off' };
    this.#unstored.clear();
    this.#agent.send({ type: 'stop' });
    this.#agent.close();
    this.#connection?.disconnect();
  }

  #session(): string | null {
    const state = this.#state;
    return state.kind === 'recording' || state.kind === 'finishing' ? state.session : null;
  }
}

new Bridge().start();
