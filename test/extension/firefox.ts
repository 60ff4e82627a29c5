import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { findFirefox } from '../../scripts/browser.mjs';

const PREFERENCES = ['"remote.active-protocols", 1', '"browser.shell.checkDefaultBrowser", false', '"datareporting.policy.dataSubmissionEnabled", false'];

export interface Firefox {
  /** `moz-extension://…/` */
  origin: string;
  /** Opens a URL in a new tab and returns what evaluates expressions there, awaiting promises. */
  open(url: string): Promise<(expression: string) => Promise<unknown>>;
  /** Evaluates in the browser's own window. */
  inBrowser(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

interface Evaluated {
  type: string;
  result?: { value?: unknown };
  exceptionDetails?: { text: string };
}

/** A headless Firefox with the built extension, driven over WebDriver BiDi. */
export async function openFirefox(extension: string, id: string): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'wasmscope-firefox-'));
  writeFileSync(join(profile, 'user.js'), PREFERENCES.map((preference) => `user_pref(${preference});\n`).join(''));
  const firefox = spawn(findFirefox(), ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', '--remote-allow-system-access']);
  const gone = new Promise<void>((exited) => firefox.once('exit', () => exited()));
  const endpoint = await new Promise<string>((found, failed) => {
    firefox.once('error', failed);
    firefox.stderr.on('data', (text) => {
      const match = /WebDriver BiDi listening on (ws:\S+)/.exec(String(text));
      if (match) found(match[1] as string);
    });
  });
  const socket = new WebSocket(`${endpoint}/session`);
  await new Promise((open) => socket.once('open', open));
  const waiting = new Map<number, { done(result: unknown): void; failed(error: Error): void }>();
  socket.on('message', (text) => {
    const { id: call, type, result, message } = JSON.parse(String(text));
    const waiter = waiting.get(call);
    waiting.delete(call);
    if (type === 'error') waiter?.failed(new Error(message));
    else waiter?.done(result);
  });
  let last = 0;
  const send = <Result>(method: string, params: object = {}) => new Promise<Result>((done, failed) => {
    waiting.set(++last, { done: done as (result: unknown) => void, failed });
    socket.send(JSON.stringify({ id: last, method, params }));
  });
  const evaluate = async (context: string, expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await send<Evaluated>('script.evaluate', { expression, target: { context }, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result?.value;
  };

  await send('session.new', { capabilities: {} });
  await send('webExtension.install', { extensionData: { type: 'path', path: extension } });
  const { contexts } = await send<{ contexts: { url: string; context: string }[] }>('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const window = contexts.find(({ url }) => url.endsWith('browser.xhtml'))?.context as string;
  const host = await evaluate(window, `WebExtensionPolicy.getByID(${JSON.stringify(id)}).mozExtensionHostname`);
  return {
    origin: `moz-extension://${host}/`,
    async open(url) {
      const { context } = await send<{ context: string }>('browsingContext.create', { type: 'tab' });
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
      return (expression) => evaluate(context, expression);
    },
    inBrowser: (expression) => evaluate(window, expression),
    async close() {
      socket.close();
      firefox.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
