import type { CDPSession, Connection } from 'puppeteer-core';
import { CDPSessionEvent } from 'puppeteer-core';
import { realmTerminated, WINDOW_NOT_MEASURED } from '../../text/cliMessages.ts';
import type { AgentLinkOptions } from './agentLinkOptions.ts';
import { createAgentReports } from './agentReports.ts';
import { enterDocuments } from './documentRealms.ts';
import type { RealmHost } from './realmHost.ts';
import type { Ending, RealmLink } from './realmLinks.ts';
import { interrupt, stopRealm } from './realmLinks.ts';
import { enterSharedWorker } from './sharedWorkerRealm.ts';
import { holdTarget } from './targetHold.ts';

/** How the agent of a realm ended. */
export interface RealmEnding {
  /** For messages: `the document https://a.example`. */
  name: string;
  ending: Ending;
  /** How many chunks came from it. */
  chunks: number;
}

/** Puts the agent into every realm before the page's code, and receives what it reports. */
export interface AgentLink {
  /** Starts with the next documents, in the pages opened since this link was made. */
  arm(): Promise<void>;
  /**
   * Stops all agents and waits for their last chunks.
   * @param patience how long a realm may take before its script is terminated, and after that, ms
   */
  stop(patience: number): Promise<RealmEnding[]>;
  close(): void;
}

/** How long a worker may take to respond before its script is terminated, ms. */
const WORKER_PATIENCE = 1000;

/**
 * Puppeteer attaches to every new target while it waits for the debugger, and then lets it run. It
 * announces the new session first: what is sent then arrives before, so that the agent is there
 * before the page's code.
 */
export function linkAgents(connection: Connection, options: AgentLinkOptions): AgentLink {
  const realms = new Set<RealmLink>();
  /** What to do when a session ends. */
  const leaving = new Map<CDPSession, () => void>();
  /** Dedicated workers. The document's agent enters them. */
  const workers = new Set<CDPSession>();
  /** Puppeteer's own sessions, so that a scenario's scripts for documents run after the agent. */
  const pages = new Set<CDPSession>();
  const reports = createAgentReports(options);
  const host: RealmHost = { ...options, realms, leaving, reports };
  let armed = false;

  function enterTarget(session: CDPSession, type: string, url: string): void {
    if (type === 'worker') {
      workers.add(session);
      leaving.set(session, () => workers.delete(session));
    } else if (type === 'iframe') {
      holdTarget(session, Promise.allSettled([enterDocuments(session, url, host)]));
    } else if (type === 'page') {
      // It does not wait for the debugger: a script for its documents may come too late.
      reports.addWindow();
      options.onWarning(WINDOW_NOT_MEASURED);
    }
  }

  function attached(session: CDPSession): void {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo: { type, url } }) => {
      const child = connection.session(sessionId);
      if (!child) return;
      if (type === 'page') pages.add(child);
      if (armed) enterTarget(child, type, url);
    });
    // Only shared workers need this, but other targets without a parent take no harm.
    if (armed && !hasParent(session)) enterSharedWorker(session, host);
  }

  function detached(session: CDPSession): void {
    pages.delete(session);
    leaving.get(session)?.();
    leaving.delete(session);
  }

  connection.on(CDPSessionEvent.SessionAttached, attached);
  connection.on(CDPSessionEvent.SessionDetached, detached);
  return {
    async arm() {
      armed = true;
      await Promise.all([...pages].map((page) => enterDocuments(page, '', host)));
    },
    async stop(patience) {
      // Documents ask their workers for the last chunks, so workers must respond first.
      await Promise.all([...workers].map((worker) => wakeWorker(worker, options)));
      return Promise.all([...realms].map((realm) => stopAgent(realm, patience)));
    },
    close() {
      armed = false;
      connection.off(CDPSessionEvent.SessionAttached, attached);
      connection.off(CDPSessionEvent.SessionDetached, detached);
      for (const realm of realms) realm.end();
    },
  };
}

/** Terminates the worker's script if it does not respond. */
async function wakeWorker(session: CDPSession, { onWarning }: AgentLinkOptions): Promise<void> {
  if (await interrupt(session, WORKER_PATIENCE)) onWarning(realmTerminated('A worker'));
}

async function stopAgent(realm: RealmLink, patience: number): Promise<RealmEnding> {
  const ending = await stopRealm(realm, patience);
  return { name: realm.name, ending, chunks: realm.chunks };
}

/** Puppeteer's sessions know their parent, or themselves if they have none; its types do not. */
const hasParent = (session: CDPSession): boolean =>
  'parentSession' in session &&
  typeof session.parentSession === 'function' &&
  session.parentSession() !== session;
