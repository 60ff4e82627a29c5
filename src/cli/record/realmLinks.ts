import type { CDPSession } from 'puppeteer-core';
import type { Command } from '../../protocol/command.ts';
import { deferred } from './deferred.ts';

/** A realm that the agent was put into, as the recorder sees it. */
export interface RealmLink {
  /** For messages: `the document https://a.example`. */
  name: string;
  session: CDPSession;
  /** How many chunks came from it. */
  chunks: number;
  /** Hands a command to the realm's agent. @returns false if no agent is there */
  command(command: Command): Promise<boolean>;
  /** Resolves once the agent has said that nothing follows, or the realm is gone. */
  ended: Promise<void>;
  /** Resolves `ended`. */
  end(): void;
}

/** How a realm answered `stop`. */
export type Ending =
  | 'stopped'
  /** It answered only after its script had been terminated. */
  | 'interrupted'
  | 'silent';

/** @param send hands over a command's JSON; resolves to whether an agent took it */
export function createRealmLink(
  name: string,
  session: CDPSession,
  send: (detail: string) => Promise<boolean>,
): RealmLink {
  const { promise, resolve } = deferred();
  return {
    name,
    session,
    chunks: 0,
    ended: promise,
    end: resolve,
    command: (command) => send(JSON.stringify(command)),
  };
}

/**
 * Stops a realm's agent and waits until it has sent its last chunk. If the thread does not respond,
 * because it computes without end or waits in `Atomics.wait`, its script is terminated.
 * @param patience how long the thread may take to respond, twice, ms
 */
export async function stopRealm(realm: RealmLink, patience: number): Promise<Ending> {
  const gone = realm.command({ type: 'stop' }).then(
    (listens) => (listens ? realm.ended : undefined),
    // The realm went away meanwhile.
    () => undefined,
  );
  if (await settlesWithin(gone, patience)) return 'stopped';
  realm.session.send('Runtime.terminateExecution').catch(() => realm.end());
  return (await settlesWithin(gone, patience)) ? 'interrupted' : 'silent';
}

/**
 * Terminates the script of a thread that does not respond.
 * @param patience how long it may take to respond, ms
 * @returns whether it was terminated
 */
export async function interrupt(session: CDPSession, patience: number): Promise<boolean> {
  const answer = session.send('Runtime.evaluate', { expression: '0' }).catch(() => {});
  if (await settlesWithin(answer, patience)) return false;
  await session.send('Runtime.terminateExecution').catch(() => {});
  await settlesWithin(answer, patience);
  return true;
}

/** @returns whether the promise resolves in time */
async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
