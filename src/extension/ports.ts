import type { Runtime } from 'webextension-polyfill';

/** The open ports of one kind, by tab. */
export interface TabPorts<Sent> {
  /** Adds a port until it closes. `onClosed` runs after it was removed. */
  add(tab: number, port: Runtime.Port, onClosed?: () => void): void;
  remove(tab: number, port: Runtime.Port): void;
  in(tab: number): ReadonlySet<Runtime.Port>;
  /** To all ports of a tab. */
  send(tab: number, message: Sent): void;
  /** Resolves once the tab has no port. */
  whenNone(tab: number): Promise<void>;
}

const NO_PORTS: ReadonlySet<Runtime.Port> = new Set();

export function createTabPorts<Sent>(): TabPorts<Sent> {
  const byTab = new Map<number, Set<Runtime.Port>>();
  const waitingForNone = new Map<number, (() => void)[]>();

  function remove(tab: number, port: Runtime.Port): void {
    const ports = byTab.get(tab);
    ports?.delete(port);
    if (ports?.size !== 0) return;
    byTab.delete(tab);
    for (const resolve of waitingForNone.get(tab) ?? []) resolve();
    waitingForNone.delete(tab);
  }

  return {
    add(tab, port, onClosed) {
      const ports = byTab.get(tab) ?? new Set();
      byTab.set(tab, ports.add(port));
      port.onDisconnect.addListener(() => {
        remove(tab, port);
        onClosed?.();
      });
    },
    remove,
    in: (tab) => byTab.get(tab) ?? NO_PORTS,
    send(tab, message) {
      for (const port of byTab.get(tab) ?? NO_PORTS) sendTo(port, message);
    },
    whenNone(tab) {
      if (!byTab.has(tab)) return Promise.resolve();
      return new Promise((resolve) => {
        waitingForNone.set(tab, [...(waitingForNone.get(tab) ?? []), resolve]);
      });
    },
  };
}

/** Sends over a port that may just have closed: its onDisconnect follows then. */
export function sendTo<Message>(port: Runtime.Port, message: Message): void {
  try {
    port.postMessage(message);
  } catch {
    // Nobody is there to read it.
  }
}

/** Calls back on each message that the guard accepts. */
export function onMessage<Message>(
  port: Runtime.Port,
  isMessage: (message: unknown) => message is Message,
  listener: (message: Message) => void,
): void {
  port.onMessage.addListener((message) => {
    if (isMessage(message)) listener(message);
  });
}
