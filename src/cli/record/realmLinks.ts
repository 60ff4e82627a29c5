import type { CDPSession } from 'puppeteer-core';
import type { Command } from '../../protocol/command.ts';

/** A realm in which an agent was put, as the recorder sees it. */
export interface RealmLink {
  /** For messages: `the worker https://…`. */
  name: string;
  session: CDPSession;
  /** Chunks that came from it. */
  chunks: number;
  /** What a command is handed to; false: no agent is there. */
  command(command: Command): Promise<boolean>;
  /** Resolves once the agent has said that nothing follows, or the realm is gone. */
  ended: Promise<void>;
  end(): void;
}

/** How a realm answered `stop`. */
export type Ending =
  | 'stopped'
  /** It answered only once what it ran had been ended. */
  | 'interrupted'
  | 'silent';

/** @param command as `RealmLink` has it */
export function createRealmLink(
  name: string,
  session: CDPSession,
  command: (detail: string) => Promise<boolean>,
): RealmLink {
  const { promise, resolve } = deferred();
  return {
    name,
    session,
    chunks: 0,
    ended: promise,
    end: resolve,
    command: (given) => command(JSON.stringify(given)),
  };
}

/**
 * Stops a realm's agent and waits until it has handed over its last chunk. A thread that does not listen, as it
 * computes on and on or waits in `Atomics.wait`, is made to: what it runs is ended, once it had `patience` ms.
 */
export async function stopRealm(realm: RealmLink, patience: number): Promise<Ending> {
  const gone = realm.command({ type: 'stop' }).then(
    (listens) => (listens ? realm.ended : undefined),
    // The realm went away meanwhile.
    () => undefined,
  );
  if (await within(gone, patience)) return 'stopped';
  realm.session.send('Runtime.terminateExecution').catch(() => realm.end());
  return (await within(gone, patience)) ? 'interrupted' : 'silent';
}

/** Ends what a thread runs, if it does not listen for `patience` ms. @returns whether it had to */
export async function interrupt(session: CDPSession, patience: number): Promise<boolean> {
  const answer = session.send('Runtime.evaluate', { expression: '0' }).catch(() => {});
  if (await within(answer, patience)) return false;
  await session.send('Runtime.terminateExecution').catch(() => {});
  await within(answer, patience);
  return true;
}

/** Whether a promise settles within so many ms. */
async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
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

/** `Promise.withResolvers` is not in Node 20. */
function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
