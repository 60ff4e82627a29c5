import type { CDPSession } from 'puppeteer-core';

/**
 * Makes puppeteer wait before it lets a target run: of two commands sent at once, Chromium may
 * execute the second one first. This relies on puppeteer-core sending that command through the
 * session's own `send`, as no API promises; so package.json pins its exact version.
 */
export function holdTarget(session: CDPSession, ready: Promise<unknown>): void {
  const send = session.send.bind(session);
  session.send = (method, params, options) =>
    method === 'Runtime.runIfWaitingForDebugger'
      ? ready.then(() => send(method, params, options))
      : send(method, params, options);
}
