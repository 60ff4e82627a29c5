import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { PredefinedNetworkConditions } from 'puppeteer-core';
import type { Settings } from '../../protocol/command.ts';
import { createRecorder } from '../../recorder/recorder.ts';
import type { SessionInfo } from '../../session/model.ts';
import { CliError, reasonOf } from '../cliError.ts';
import { linkAgents } from './agentLink.ts';
import { documentAgent, workerAgent } from './agentScript.ts';
import { conditions } from './conditions.ts';
import { writeSessionFile } from './sessionWriter.ts';
import type { Until } from './until.ts';
import { untilInWords } from './until.ts';

/** Names of puppeteer's network conditions, as options have them. */
export const NETWORKS = {
  'slow-3g': 'Slow 3G',
  'fast-3g': 'Fast 3G',
  'slow-4g': 'Slow 4G',
  'fast-4g': 'Fast 4G',
} as const satisfies Record<string, keyof typeof PredefinedNetworkConditions>;
export type Network = keyof typeof NETWORKS;

/** One recording to make. */
export interface RunPlan {
  url: string;
  name: string;
  /** Of the session file. */
  path: string;
  settings: Settings;
  until: Until;
  /** For loading and for what the recording waits for, each, s. */
  timeout: number;
  /** Whether the page is visited once before, so that caches are filled. */
  warm: boolean;
  /** How many times slower the page's thread is; 1: as it is. */
  cpu: number;
  network: Network | null;
  /** Whether the local server sends precompressed files. */
  precompressed: boolean;
  /** Accept a recording in which a realm handed over nothing. */
  partial: boolean;
}

/** What a scenario module exports as `run`: it drives the page, and the recording ends when it has. */
export type Scenario = (
  page: Page,
  about: { url: string; signal: AbortSignal },
) => Promise<unknown>;

export interface RunHooks {
  /** Rejects when nothing can come any more: the browser crashed. */
  crashed: Promise<never>;
  signal: AbortSignal;
  onWarning(text: string): void;
}

/** How long an agent may take for its last chunk before its thread is interrupted, ms. */
const PATIENCE = 3000;

/**
 * Records one visit in a fresh browser context.
 * @returns the session's info; its file is at the plan's path
 * @throws CliError that says why it could not be recorded: no file is left then
 */
export async function recordRun(
  browser: Browser,
  plan: RunPlan,
  hooks: RunHooks,
): Promise<SessionInfo> {
  const { url, settings, until, warm, cpu, network, precompressed } = plan;
  const setup = [
    warm ? 'warm cache' : '',
    cpu > 1 ? `CPU ${cpu}× slower` : '',
    network ? `network ${network}` : '',
    precompressed ? 'precompressed files' : '',
  ];
  const id = randomUUID();
  const writer = await writeSessionFile(plan.path, {
    id,
    name: plan.name,
    note: '',
    page: settings.keepQuery ? url : (url.split(/[?#]/, 1)[0] as string),
    started: Date.now(),
    ended: null,
    state: 'recording',
    reason: '',
    source: 'cli',
    mode: 'reload',
    settings,
    conditions: conditions(
      await browser.version(),
      setup.filter((part) => part !== ''),
    ),
    bytes: 0,
    segments: 0,
  });
  const ended = new AbortController();
  const context = await browser.createBrowserContext();
  try {
    const recorder = createRecorder(writer);
    const failure = failures(hooks, ended.signal);
    const landmark = until.kind === 'mark' || until.kind === 'measure' ? until : null;
    let reach = (): void => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const root = await browser.target().createCDPSession();
    const connection = root.connection();
    if (!connection) throw new CliError('The browser closed before it could record.');
    const link = linkAgents(connection, {
      documentAgent: documentAgent(),
      workerAgent: workerAgent(),
      settings,
      landmark,
      onReached: () => reach(),
      onWarning: hooks.onWarning,
      onChunk: (chunk) => void recorder.accept(id, chunk).catch(failure.fail),
    });
    try {
      const page = await failure.race(context.newPage());
      page.on('error', (error) =>
        failure.fail(
          new CliError(`The page crashed (${reasonOf(error)}). Nothing of this run was written.`),
        ),
      );
      page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
      if (cpu > 1) await failure.race(page.emulateCPUThrottling(cpu));
      if (network)
        await failure.race(
          page.emulateNetworkConditions(PredefinedNetworkConditions[NETWORKS[network]]),
        );
      if (warm) {
        await failure.race(visit(page, plan));
        await failure.race(wait(page, plan, polled(page, plan), ended.signal));
        await failure.race(page.goto('about:blank'));
      }
      await failure.race(link.arm());
      await failure.race(visit(page, plan));
      await failure.race(wait(page, plan, () => reached, ended.signal));
      const answers = await failure.race(link.stop(PATIENCE));
      judge(answers, plan, hooks);
      await failure.race(recorder.finish(id, 'complete'));
      return await writer.keep();
    } finally {
      link.close();
      await root.detach().catch(() => {});
    }
  } catch (error) {
    await writer.discard();
    throw error;
  } finally {
    ended.abort();
    await context.close().catch(() => {});
  }
}

/** Whatever ends a recording early: a crash, a full disk, the user. */
function failures({ crashed, signal }: RunHooks, ended: AbortSignal) {
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  crashed.catch(fail);
  const stop = (): void => fail(new CliError('Stopped. Nothing of this run was written.'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { signal: ended });
  return {
    fail: (error: unknown) => fail(error),
    race: <Result>(promise: Promise<Result>): Promise<Result> => {
      // Where it loses, its own failure is of no interest.
      promise.catch(() => {});
      return Promise.race([failed, promise]);
    },
  };
}

async function visit(page: Page, { url, until, timeout }: RunPlan): Promise<void> {
  // What waits for a landmark does not need the page to have loaded wholly.
  const waitUntil =
    until.kind === 'duration' || until.kind === 'scenario' ? 'load' : 'domcontentloaded';
  const response = await page
    .goto(url, { waitUntil, timeout: timeout * 1000 })
    .catch((error: unknown) => {
      const reason = reasonOf(error);
      throw new CliError(
        /timeout/i.test(reason)
          ? `${url} did not finish loading within ${timeout} s. Give it longer with --timeout, or end the recording with --until-selector, --until-mark or --until-measure.`
          : /ERR_UNSAFE_PORT/.test(reason)
            ? `Chromium opens no page on port ${new URL(url).port}, which it keeps for other services. Serve it on another port.`
            : `${url} could not be opened (${reason.split(' at ')[0]}). Is its server running, and the address right?`,
      );
    });
  if (response && !response.ok() && response.status() !== 304) {
    throw new CliError(`${url} answered ${response.status()}. Is the address right?`);
  }
}

/** @param reached resolves when the page is at its landmark */
async function wait(
  page: Page,
  plan: RunPlan,
  reached: () => Promise<unknown>,
  ended: AbortSignal,
): Promise<void> {
  const { until, timeout, url } = plan;
  const late = new CliError(
    `${url}: ${untilInWords(until)} did not come within ${timeout} s. Is the name right? Give it longer with --timeout.`,
  );
  switch (until.kind) {
    case 'duration':
      return sleep(until.seconds * 1000, ended);
    case 'selector':
      await page
        .waitForSelector(until.selector, { timeout: timeout * 1000 })
        .catch((error: unknown) => {
          const reason = `${reasonOf(error)} ${reasonOf((error as Error).cause ?? '')}`;
          if (/timeout|exceeded/i.test(reason)) throw late;
          throw new CliError(
            `--until-selector ${until.selector}: ${/not a valid selector/.test(reason) ? 'this is no CSS selector' : reason.trim()}`,
          );
        });
      return;
    case 'mark':
    case 'measure':
      return withTimeout(reached(), timeout, late, ended);
    case 'scenario': {
      const run = await loadScenario(until.file);
      const work = run(page, { url, signal: ended }).catch((error: unknown) => {
        throw new CliError(`The scenario ${until.file} failed: ${reasonOf(error)}`);
      });
      return withTimeout(work, timeout, late, ended);
    }
    default:
      return until satisfies never;
  }
}

async function loadScenario(file: string): Promise<Scenario> {
  const loaded = (await import(/* @vite-ignore */ pathToFileURL(file).href).catch(
    (error: unknown) => {
      throw new CliError(`The scenario ${file} could not be loaded: ${reasonOf(error)}`);
    },
  )) as { run?: unknown };
  if (typeof loaded.run !== 'function')
    throw new CliError(
      `The scenario ${file} exports no function \`run\`: export async function run(page) { … }`,
    );
  return loaded.run as Scenario;
}

async function withTimeout(
  promise: Promise<unknown>,
  seconds: number,
  late: Error,
  ended: AbortSignal,
): Promise<void> {
  const over = await Promise.race([
    promise.then(() => true),
    sleep(seconds * 1000, ended).then(() => false),
  ]);
  if (!over) throw late;
}

/** The landmark in a visit that is not recorded, so that the page's own world may be asked. */
const polled =
  (page: Page, { until, timeout }: RunPlan) =>
  async (): Promise<unknown> =>
    until.kind !== 'mark' && until.kind !== 'measure'
      ? undefined
      : page.waitForFunction(
          (kind, name) => performance.getEntriesByName(name, kind).length > 0,
          { timeout: timeout * 1000, polling: 100 },
          until.kind,
          until.name,
        );

/** Also over when the recording is. */
function sleep(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ended.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A realm that said nothing at all was not measured: that is no recording, unless the user takes it. */
function judge(
  answers: { name: string; ending: string; chunks: number }[],
  { partial }: RunPlan,
  { onWarning }: RunHooks,
): void {
  for (const { name, ending, chunks } of answers) {
    if (ending === 'interrupted')
      onWarning(`${name} did not stop by itself; what it was computing was ended.`);
    if (ending !== 'silent') continue;
    const silent = `${name} did not answer, not even when interrupted`;
    if (chunks === 0 && !partial)
      throw new CliError(
        `${silent}, and handed over nothing: it could not be measured. Add --partial to record the rest.`,
      );
    onWarning(`${silent}: its last figures are missing.`);
  }
}
