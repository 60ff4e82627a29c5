import { COMMAND, HELLO, REPORT } from '../protocol/channel.ts';
import type { ClosedFrame, Command, Report } from '../protocol/command.ts';
import { readReport } from '../protocol/command.ts';

/** The bridge's end of the channel to the agent in the page (src/protocol/channel.ts). */
export interface AgentLink {
  /** Without an agent nothing happens. */
  send(command: Command | ClosedFrame): void;
  /** Whether an agent was found that has not stopped yet. */
  isOpen(): boolean;
  /** Reports are no longer listened to, and agents no longer looked for. */
  close(): void;
}

/** Waits for the agent of this document, which may come before or after the bridge. */
export function findAgent(onFound: () => void, onReport: (report: Report) => void): AgentLink {
  let agent: MessagePort | null = null;

  function hearHello(event: Event): void {
    if (!(event instanceof MessageEvent) || !event.ports[0] || agent) return;
    agent = event.ports[0];
    removeEventListener(HELLO, hearHello);
    agent.addEventListener(REPORT, hearReport);
    onFound();
  }

  function hearReport(event: Event): void {
    if (!(event instanceof CustomEvent)) return;
    const report = readReport(String(event.detail));
    if (report.type === 'stopped') agent = null;
    onReport(report);
  }

  addEventListener(HELLO, hearHello);
  return {
    send(command) {
      agent?.dispatchEvent(new CustomEvent(COMMAND, { detail: JSON.stringify(command) }));
    },
    isOpen: () => agent !== null,
    close() {
      removeEventListener(HELLO, hearHello);
      agent?.removeEventListener(REPORT, hearReport);
    },
  };
}

/** Makes an agent that was there before the bridge greet again. */
export function greetAgent(): void {
  dispatchEvent(new MessageEvent(HELLO));
}
