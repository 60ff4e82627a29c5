import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS, findBrowser } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';
import { COMMAND, HELLO, REPORT } from '../../src/protocol/channel.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { readChunk } from '../../src/protocol/chunk.ts';
import type { Command, Settings } from '../../src/protocol/command.ts';
import { readReport } from '../../src/protocol/command.ts';
import { DEFAULT_SETTINGS } from '../../src/protocol/defaultSettings.ts';
import { createFold } from '../../src/session/fold.ts';
import type { Session, SessionInfo } from '../../src/session/model.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const WORLD = 'test bridge';
const BINDING = 'testReport';

/** The built agent's script. @throws Error that says to build it */
export function agentScript(): string {
  const path = join(process.env.WASMSCOPE_DIST ?? join(repository, 'dist'), 'agent.js');
  if (!existsSync(path)) throw new Error(`There is no ${path}: run \`npm run build\` first.`);
  return readFileSync(path, 'utf8');
}

const counterScript = (): string =>
  readFileSync(join(repository, 'test/fixtures/countCrossings.js'), 'utf8');

export interface OpenOptions {
  /** Below the server's root; default: an empty page. */
  path?: string;
  /**
   * Whether the agent is there before the page's scripts; default true. A string is evaluated in
   * its stead.
   */
  agent?: boolean | string;
  /** Whether closures count the crossings too (test/fixtures/countCrossings.js); default false. */
  counter?: boolean;
  /**
   * Whether a bridge listens to the agent, so that it hands over chunks; default: where there is an
   * agent.
   */
  bridge?: boolean;
  settings?: Partial<Settings>;
}

/** Crossings by function name as the closures counted them, and the bytes of the memories met. */
export interface Counted {
  in: Record<string, number>;
  out: Record<string, number>;
  memories: number[];
}

/** A page, and what its agent has handed over. */
export interface Opened {
  page: Page;
  /** What arrived so far, over all documents of the tab, after a flush in those that are there. */
  chunks(): Promise<Chunk[]>;
  /** The same, folded. */
  session(): Promise<Session>;
  /** Stops the agent as a recorder does; the page has its natives back. */
  stop(): Promise<number>;
  /** Returns how long the page's thread was busy with it, ms. */
  command(command: Command): Promise<number>;
  /** What the closures counted up to the last `chunks` or `session`, or till now. */
  counted(): Promise<Counted>;
  /** Messages of the console and uncaught errors. */
  messages: string[];
  close(): Promise<void>;
}

export interface Harness {
  browser: Browser;
  /** Of the server's root, with a slash at the end. */
  url: string;
  open(options?: OpenOptions): Promise<Opened>;
  /**
   * What a function returns, or the text of what it throws, in a page without and in a page with
   * the agent.
   */
  bothWays<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<{ without: Result | string; with: Result | string }>;
  close(): Promise<void>;
}

type ServeOptions = Parameters<typeof serve>[0];

/**
 * Starts a headless Chromium and a server for a test file: `/` is test/fixtures, `/examples/` the
 * examples, `/node_modules/` the packages, `/blank` an empty page.
 */
export async function openHarness(
  options: {
    headers?: ServeOptions['headers'];
    routes?: ServeOptions['routes'];
    flags?: string[];
  } = {},
): Promise<Harness> {
  const server = await serve({
    root: join(repository, 'test/fixtures'),
    mounts: { '/examples/': join(repository, 'examples') },
    headers: options.headers ?? {},
    routes: {
      '/blank': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end('<!doctype html><title>blank</title><link rel="icon" href="data:,">'),
      '/favicon.ico': (_, response) => response.writeHead(204).end(),
      ...options.routes,
    },
  });
  const browser = await puppeteer.launch({
    executablePath: findBrowser(),
    headless: true,
    pipe: true,
    args: [...CHROMIUM_FLAGS, ...(options.flags ?? [])],
    protocolTimeout: 300_000,
  });

  async function open(wanted: OpenOptions = {}): Promise<Opened> {
    const { path = 'blank', agent = true, counter = false, bridge = agent !== false } = wanted;
    const page = await browser.newPage();
    const messages = listen(page);
    const recorded = await listenToAgent(
      page,
      bridge ? { ...DEFAULT_SETTINGS, ...wanted.settings } : null,
    );
    if (agent !== false) await page.evaluateOnNewDocument(agent === true ? agentScript() : agent);
    if (counter) await page.evaluateOnNewDocument(counterScript());
    await page.goto(new URL(path, server.url).href, { waitUntil: 'load' });
    return {
      page,
      messages,
      ...recorded,
      counted: () =>
        page.evaluate(() =>
          (globalThis as unknown as { crossingCounts(): Counted }).crossingCounts(),
        ),
      close: () => page.close(),
    };
  }

  return {
    browser,
    url: server.url,
    open,
    async bothWays(run, ...args) {
      const once = async (agent: boolean) => {
        const opened = await open({ agent });
        try {
          // A function of the page's own, so that an error's text is what the page sees.
          return (await opened.page.evaluate(`(async () => {
            try { return await (${run.toString()})(...${JSON.stringify(args)}); } catch (error) { return String(error); }
          })()`)) as Awaited<ReturnType<typeof run>> | string;
        } finally {
          await opened.close();
        }
      };
      return { without: await once(false), with: await once(true) };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Until the page has set its title to `done`. */
export async function done(page: Page, timeout = 60_000): Promise<void> {
  await page.waitForFunction(() => document.title === 'done', { polling: 50, timeout });
}

/**
 * The session as soon as it is as asked; what it waits for comes frame by frame, or the test's time
 * runs out.
 */
export async function until(
  opened: Opened,
  condition: (session: Session) => boolean,
): Promise<Session> {
  for (;;) {
    const session = await opened.session();
    if (condition(session)) return session;
    await opened.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** The requests to a path. */
export const requestTo = (session: Session, path: string): Session['requests'] =>
  session.requests.filter(({ url }) => new URL(url).pathname === path);

/** Calls by function name, in and out, as the session has them. */
export function callsOf(session: Session): Pick<Counted, 'in' | 'out'> {
  const calls: Pick<Counted, 'in' | 'out'> = { in: {}, out: {} };
  for (const interval of session.intervals) {
    interval.node.forEach((node, row) => {
      const called = session.functions[session.nodes.function[node] as number];
      if (!called) return;
      const side = called.kind === 'import' ? calls.out : calls.in;
      side[called.name] = (side[called.name] ?? 0) + (interval.calls[row] as number);
    });
  }
  return calls;
}

function listen(page: Page): string[] {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${String(error)}`));
  return messages;
}

/**
 * Plays the bridge in an isolated world of every document, and brings what it hears to node by a
 * binding of that world.
 */
async function listenToAgent(
  page: Page,
  settings: Settings | null,
): Promise<Pick<Opened, 'chunks' | 'session' | 'stop' | 'command'>> {
  const client: CDPSession = await page.createCDPSession();
  const worlds = new Set<number>();
  const chunks: Chunk[] = [];
  client.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === WORLD) worlds.add(context.id);
  });
  client.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    worlds.delete(executionContextId),
  );
  client.on('Runtime.executionContextsCleared', () => worlds.clear());
  client.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name !== BINDING) return;
    const report = readReport(payload);
    if (report.type === 'chunk') chunks.push(readChunk(report.chunk));
  });
  await client.send('Runtime.enable');
  await client.send('Page.enable');
  if (settings) {
    await client.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await client.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: bridgeScript(settings),
    });
  }

  async function command(given: Command): Promise<number> {
    const detail = JSON.stringify(JSON.stringify(given));
    let busy = 0;
    for (const contextId of [...worlds]) {
      const expression = `{ const before = performance.now(); testCommand(${detail}); performance.now() - before }`;
      const { result } = await client.send('Runtime.evaluate', { contextId, expression });
      busy += result.value as number;
    }
    return busy;
  }
  const taken = async (): Promise<Chunk[]> => {
    await command({ type: 'flush' });
    return [...chunks];
  };
  return {
    command,
    chunks: taken,
    stop: () => command({ type: 'stop' }),
    async session() {
      const fold = createFold(TEST_INFO);
      for (const { protocol: _, ...segment } of await taken()) fold.add(segment);
      return fold.session();
    },
  };
}

const bridgeScript = (settings: Settings): string => `{
  let agent = null;
  globalThis.testCommand = (detail) => {
    dispatchEvent(new Event('test:keep-counts'));
    agent?.dispatchEvent(new CustomEvent('${COMMAND}', { detail }));
  };
  addEventListener('${HELLO}', ({ ports }) => {
    if (!ports?.[0] || agent) return;
    agent = ports[0];
    agent.addEventListener('${REPORT}', ({ detail }) => ${BINDING}(detail));
    testCommand(${JSON.stringify(JSON.stringify({ type: 'start', settings }))});
  });
  dispatchEvent(new MessageEvent('${HELLO}'));
}`;

/** Of no recorder. */
export const TEST_INFO: SessionInfo = {
  id: '00000000-0000-4000-8000-000000000000',
  name: 'test',
  note: '',
  page: '',
  started: 0,
  ended: null,
  state: 'recording',
  reason: '',
  source: 'agent',
  mode: 'reload',
  settings: DEFAULT_SETTINGS,
  conditions: { browser: '', platform: '', version: '0.0.0', devtools: 'closed' },
  bytes: 0,
  segments: 0,
};
