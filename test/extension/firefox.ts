import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { findFirefox } from '../../scripts/browser.mjs';

const PREFERENCES = [
  '"remote.active-protocols", 1',
  '"browser.shell.checkDefaultBrowser", false',
  '"datareporting.policy.dataSubmissionEnabled", false',
];

export interface Firefox {
  /** `moz-extension://…/` */
  origin: string;
  /** Opens a URL in a new tab and returns what evaluates expressions there, awaiting promises. */
  open(url: string): Promise<(expression: string) => Promise<unknown>>;
  /**
   * The same for a tab that is there, in whichever window, whose URL has this in it; null: there is
   * none.
   */
  find(part: string): Promise<Found | null>;
  /** Evaluates in the browser's own window. */
  inBrowser(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Found {
  evaluate(expression: string): Promise<unknown>;
  /** As a user does, at the middle of an element. @param element an expression */
  click(element: string): Promise<void>;
  close(): Promise<unknown>;
}

interface Evaluated {
  type: string;
  result?: { value?: unknown };
  exceptionDetails?: { text: string };
}

/** A headless Firefox with the built extension, driven over WebDriver BiDi. */
export async function openFirefox(extension: string, id: string): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'wasmscope-firefox-'));
  writeFileSync(
    join(profile, 'user.js'),
    PREFERENCES.map((preference) => `user_pref(${preference});\n`).join(''),
  );
  const firefox = spawn(findFirefox(), [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port=0',
    '--remote-allow-system-access',
  ]);
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
  const send = <Result>(method: string, params: object = {}) =>
    new Promise<Result>((done, failed) => {
      waiting.set(++last, { done: done as (result: unknown) => void, failed });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const evaluate = async (context: string, expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await send<Evaluated>('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result?.value;
  };

  await send('session.new', { capabilities: {} });
  await send('webExtension.install', { extensionData: { type: 'path', path: extension } });
  const { contexts } = await send<{ contexts: { url: string; context: string }[] }>(
    'browsingContext.getTree',
    { 'moz:scope': 'chrome' },
  );
  const window = contexts.find(({ url }) => url.endsWith('browser.xhtml'))?.context as string;
  const host = await evaluate(
    window,
    `WebExtensionPolicy.getByID(${JSON.stringify(id)}).mozExtensionHostname`,
  );
  return {
    origin: `moz-extension://${host}/`,
    async open(url) {
      const { context } = await send<{ context: string }>('browsingContext.create', {
        type: 'tab',
      });
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
      return (expression) => evaluate(context, expression);
    },
    async find(part) {
      const { contexts: tabs } = await send<{ contexts: { url: string; context: string }[] }>(
        'browsingContext.getTree',
      );
      const context = tabs.find(({ url }) => url.includes(part))?.context;
      return context === undefined
        ? null
        : {
            evaluate: (expression) => evaluate(context, expression),
            async click(element) {
              const text = await evaluate(
                context,
                `JSON.stringify((${element}).getBoundingClientRect())`,
              );
              const { x, y, width, height } = JSON.parse(text as string) as DOMRect;
              const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
              const actions = [
                { type: 'pointerMove', ...at },
                { type: 'pointerDown', button: 0 },
                { type: 'pointerUp', button: 0 },
              ];
              await send('input.performActions', {
                context,
                actions: [{ type: 'pointer', id: 'mouse', actions }],
              });
            },
            close: () => send('browsingContext.close', { context }),
          };
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
