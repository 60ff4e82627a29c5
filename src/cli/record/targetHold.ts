import type { CDPSession } from 'puppeteer-core';

/**
 * Makes puppeteer wait before it lets a target run: of two commands sent at once, Chromium may
 * execute the second one first.
 */
export function holdTarget(session: CDPSession, ready: Promise<unknown>): void {
  const send = session.send.bind(session);
  session.send = (method, params, options) =>
    method === 'Runtime.runIfWaitingForDebugger'
      ? ready.then(() => send(method, params, options))
      : send(method, params, options);
}
