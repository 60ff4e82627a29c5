import type { CDPSession, Connection } from 'puppeteer-core';
import { CDPSessionEvent } from 'puppeteer-core';
import type { Settings } from '../../protocol/command.ts';
import { ProtocolError, readReport } from '../../protocol/guard.ts';
import {
  BINDING,
  documentBridge,
  REACHED,
  sharedWorkerOnly,
  WORLD,
  workerScript,
} from './bridgeScripts.ts';
import type { Ending, RealmLink } from './realmLinks.ts';
import { createRealmLink, interrupt, stopRealm } from './realmLinks.ts';
import type { Landmark } from './until.ts';
import { withWindows } from './withWindows.ts';

export interface AgentLinkOptions {
  /** The agent's scripts (agentScript.ts). */
  documentAgent: string;
  workerAgent: string;
  settings: Settings;
  /** Where the recording ends, if the page's timeline says so. */
  landmark: Landmark | null;
  onChunk(text: string): void;
  onReached(): void;
  /** Something for the user that does not end the recording. */
  onWarning(text: string): void;
}

/** Puts the agent into every realm before the page's code, and brings what it hands over. */
export interface AgentLink {
  /** From the next documents on, of the pages opened since this link was made. */
  arm(): Promise<void>;
  /** Stops all agents and waits for their last chunks, `patience` ms at most, twice that where they do not listen. */
  stop(patience: number): Promise<{ name: string; ending: Ending; chunks: number }[]>;
  close(): void;
}

/** How long a worker may take to answer before what it runs is ended, ms. */
const WORKER_PATIENCE = 1000;

/**
 * Puppeteer attaches to every new target while that waits for the debugger, and lets it run. It tells of the new session
 * first: what is sent then comes before, so that the agent is there before the page's code.
 */
export function linkAgents(connection: Connection, options: AgentLinkOptions): AgentLink {
  const { documentAgent, workerAgent, settings, landmark, onChunk, onReached, onWarning } = options;
  const realms = new Set<RealmLink>();
  const whenGone = new Map<CDPSession, () => void>();
  /** Dedicated workers, in which the document's agent is. */
  const workers = new Set<CDPSession>();
  /** Puppeteer's own sessions, so that a scenario's scripts for new documents come behind the agent. */
  const pages = new Set<CDPSession>();
  let armed = false;
  /** That the page opened, and that no chunk has told of yet. */
  let windows = 0;

  function hear(payload: string, realm: RealmLink | undefined): void {
    if (payload === `{"type":"${REACHED}"}`) {
      onReached();
      return;
    }
    try {
      const report = readReport(payload);
      if (report.type === 'stopped') realm?.end();
      else {
        if (realm) realm.chunks++;
        onChunk(windows > 0 ? withWindows(report.chunk, windows) : report.chunk);
        windows = 0;
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      onWarning(`A report was refused: ${error.message}.`);
    }
  }

  /** A page, or a frame of another site: their documents, those of later navigations too. */
  function enterDocuments(session: CDPSession, url: string): Promise<unknown> {
    const worlds = new Map<number, RealmLink>();
    const leave = (id: number): void => {
      const realm = worlds.get(id);
      worlds.delete(id);
      if (!realm) return;
      realm.end();
      realms.delete(realm);
    };
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== WORLD) return;
      const realm = createRealmLink(
        `the document ${context.origin || url}`,
        session,
        async (detail) => {
          const expression = `wasmscopeCommand(${JSON.stringify(detail)})`;
          const { result } = await session.send('Runtime.evaluate', {
            contextId: context.id,
            expression,
          });
          return result.value === true;
        },
      );
      worlds.set(context.id, realm);
      realms.add(realm);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      leave(executionContextId),
    );
    session.on('Runtime.executionContextsCleared', () => [...worlds.keys()].forEach(leave));
    whenGone.set(session, () => [...worlds.keys()].forEach(leave));
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING) hear(payload, worlds.get(executionContextId));
    });
    return Promise.all([
      session.send('Runtime.enable'),
      session.send('Page.enable'),
      session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName: WORLD,
        source: documentBridge(settings, landmark),
      }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: documentAgent }),
    ]);
  }

  function enterSharedWorker(session: CDPSession): void {
    const name = 'a shared worker';
    let realm: RealmLink | undefined;
    session.on('Runtime.bindingCalled', (event) => {
      if (event.name === BINDING) hear(event.payload, realm);
    });
    const bound = session.send('Runtime.addBinding', { name: BINDING });
    const bridge = session
      .send('Runtime.evaluate', {
        expression: sharedWorkerOnly(workerScript(settings, workerAgent)),
      })
      .then(
        ({ result, exceptionDetails }) => {
          if (exceptionDetails)
            onWarning(
              `The agent could not start in ${name}: ${result.description?.split('\n')[0]}`,
            );
          return exceptionDetails ? undefined : result.objectId;
        },
        // It is gone, or no target that runs scripts.
        () => undefined,
      );
    holdBack(session, Promise.allSettled([bound, bridge]));
    const made = createRealmLink(name, session, async (detail) => {
      const objectId = await bridge;
      if (objectId === undefined) return false;
      const functionDeclaration = 'function (detail) { return this(detail); }';
      const { result } = await session.send('Runtime.callFunctionOn', {
        objectId,
        functionDeclaration,
        arguments: [{ value: detail }],
      });
      return result.value === true;
    });
    realm = made;
    realms.add(made);
    // It had no timers while it waited for the debugger: the first command sets the agent's going.
    session.on(
      'Inspector.workerScriptLoaded',
      () => void made.command({ type: 'flush' }).catch(() => {}),
    );
    whenGone.set(session, () => {
      made.end();
      realms.delete(made);
    });
  }

  function met(session: CDPSession): void {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const child = connection.session(sessionId);
      if (!child) return;
      if (targetInfo.type === 'page') pages.add(child);
      if (!armed) return;
      if (targetInfo.type === 'worker') {
        workers.add(child);
        whenGone.set(child, () => workers.delete(child));
      } else if (targetInfo.type === 'iframe')
        holdBack(child, Promise.allSettled([enterDocuments(child, targetInfo.url)]));
      // It does not wait for the debugger: scripts for its documents come in time or not (noopener: never).
      else if (targetInfo.type === 'page') {
        windows++;
        onWarning('The page opened a window, which is not measured.');
      }
    });
    // A shared worker belongs to no page. What else has no parent is not told here, and takes no harm.
    if (armed && !isChild(session)) enterSharedWorker(session);
  }

  const left = (session: CDPSession): void => {
    pages.delete(session);
    whenGone.get(session)?.();
    whenGone.delete(session);
  };
  connection.on(CDPSessionEvent.SessionAttached, met);
  connection.on(CDPSessionEvent.SessionDetached, left);
  return {
    async arm() {
      armed = true;
      await Promise.all([...pages].map((page) => enterDocuments(page, '')));
    },
    async stop(patience) {
      // Their documents ask them for their last chunks: they must listen.
      await Promise.all(
        [...workers].map(async (session) => {
          if (await interrupt(session, WORKER_PATIENCE))
            onWarning(`A worker did not stop by itself; what it was computing was ended.`);
        }),
      );
      return Promise.all(
        [...realms].map(async (realm) => ({
          name: realm.name,
          ending: await stopRealm(realm, patience),
          chunks: realm.chunks,
        })),
      );
    },
    close() {
      armed = false;
      connection.off(CDPSessionEvent.SessionAttached, met);
      connection.off(CDPSessionEvent.SessionDetached, left);
      for (const realm of realms) realm.end();
    },
  };
}

/** Puppeteer has it, but not in its types: the parent, or the session itself. */
const isChild = (session: CDPSession): boolean =>
  (session as { parentSession?(): CDPSession }).parentSession?.() !== session;

/** Has puppeteer wait before it lets a target run: of two commands, Chromium may carry out the one to run first. */
function holdBack(session: CDPSession, ready: Promise<unknown>): void {
  type Send = (method: string, ...rest: unknown[]) => Promise<unknown>;
  const send = session.send.bind(session) as Send;
  const held: Send = (method, ...rest) =>
    method === 'Runtime.runIfWaitingForDebugger'
      ? ready.then(() => send(method, ...rest))
      : send(method, ...rest);
  session.send = held as CDPSession['send'];
}
