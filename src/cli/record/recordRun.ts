import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { PredefinedNetworkConditions } from 'puppeteer-core';
import { createRecorder } from '../../recorder/recorder.ts';
import type { SessionInfo } from '../../session/model.ts';
import {
  browserCrashed,
  pageCrashed,
  realmNotMeasured,
  realmSilent,
  realmTerminated,
} from '../../text/cliMessages.ts';
import { CliError, reasonOf } from '../cliError.ts';
import type { AgentLink, RealmEnding } from './agentLink.ts';
import { linkAgents } from './agentLink.ts';
import { documentAgent, workerAgent } from './agentScript.ts';
import { conditions } from './conditions.ts';
import { deferred } from './deferred.ts';
import type { PageTroubles } from './pageTroubles.ts';
import { watchForTroubles } from './pageTroubles.ts';
import type { RunFailure, RunHooks } from './runFailure.ts';
import { watchForFailure } from './runFailure.ts';
import type { RunPlan } from './runPlan.ts';
import { NETWORKS, setupOf } from './runPlan.ts';
import type { SessionWriter } from './sessionWriter.ts';
import { createSessionWriter } from './sessionWriter.ts';
import { landmarkOf } from './until.ts';
import { visitPage } from './visitPage.ts';
import { pollForLandmark, waitForEnd } from './waitForEnd.ts';

/** How long an agent may take for its last chunk before its script is terminated, ms. */
const PATIENCE = 3000;

/**
 * Records one visit in a fresh browser context.
 * @returns the session's info; its file is at the plan's path
 * @throws CliError that says why it could not be recorded: then no file is left
 */
export async function recordRun(
  browser: Browser,
  plan: RunPlan,
  hooks: RunHooks,
): Promise<SessionInfo> {
  const ended = new AbortController();
  const failure = watchForFailure(hooks, ended.signal);
  const info = sessionInfo(plan, await failure.race(browser.version()));
  const writer = await createSessionWriter(plan.path, info);
  let context: BrowserContext | undefined;
  try {
    context = await failure.race(browser.createBrowserContext());
    await recordPage(context, { plan, hooks, failure, writer, id: info.id, ended: ended.signal });
    return await writer.keep();
  } catch (error) {
    await writer.discard();
    throw error;
  } finally {
    ended.abort();
    await context?.close().catch(() => {});
  }
}

/** What the parts of a run share. */
interface Run {
  plan: RunPlan;
  hooks: RunHooks;
  failure: RunFailure;
  writer: SessionWriter;
  /** Of the session. */
  id: string;
  /** Aborted when the recording is over. */
  ended: AbortSignal;
}

async function recordPage(context: BrowserContext, run: Run): Promise<void> {
  const { plan, hooks, failure, writer, id, ended } = run;
  const recorder = createRecorder(writer);
  const reached = deferred();
  const root = await failure.race(context.browser().target().createCDPSession());
  const connection = root.connection();
  if (!connection) throw new CliError(browserCrashed);
  const link = linkAgents(connection, {
    documentAgent: documentAgent(),
    workerAgent: workerAgent(),
    settings: plan.settings,
    landmark: landmarkOf(plan.until),
    onReached: reached.resolve,
    onWarning: hooks.onWarning,
    onChunk: (chunk) => void recorder.accept(id, chunk).catch(failure.fail),
  });
  try {
    const page = await openPage(context, run);
    const troubles = watchForTroubles(page);
    if (plan.warm) await fillCaches(page, run, troubles);
    await failure.race(link.arm());
    await failure.race(visitPage(page, plan));
    await failure.race(waitForEnd(page, plan, { reached: () => reached.promise, ended, troubles }));
    await stopAgents(link, run);
    await failure.race(recorder.finish(id, 'complete'));
  } finally {
    link.close();
    await root.detach().catch(() => {});
  }
}

/** An empty page under the plan's conditions. */
async function openPage(context: BrowserContext, { plan, failure }: Run): Promise<Page> {
  const page = await failure.race(context.newPage());
  page.on('error', (error) => failure.fail(new CliError(pageCrashed(reasonOf(error)))));
  // A dialog would block the page until someone answers.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  if (plan.cpu > 1) await failure.race(page.emulateCPUThrottling(plan.cpu));
  const network = NETWORKS.find(({ name }) => name === plan.network);
  if (network)
    await failure.race(page.emulateNetworkConditions(PredefinedNetworkConditions[network.preset]));
  return page;
}

/** A visit before the one that is recorded. */
async function fillCaches(
  page: Page,
  { plan, failure, ended }: Run,
  troubles: PageTroubles,
): Promise<void> {
  await failure.race(visitPage(page, plan));
  await failure.race(
    waitForEnd(page, plan, {
      reached: (landmark) => pollForLandmark(page, landmark, plan.timeout),
      ended,
      troubles,
    }),
  );
  await failure.race(page.goto('about:blank'));
}

async function stopAgents(link: AgentLink, { plan, hooks, failure }: Run): Promise<void> {
  const endings = await failure.race(link.stop(PATIENCE));
  for (const ending of endings) {
    if (isUnmeasured(ending) && !plan.partial) throw new CliError(realmNotMeasured(ending.name));
    if (ending.ending === 'interrupted') hooks.onWarning(realmTerminated(ending.name));
    if (ending.ending === 'silent') hooks.onWarning(realmSilent(ending.name));
  }
}

const isUnmeasured = ({ ending, chunks }: RealmEnding): boolean =>
  ending === 'silent' && chunks === 0;

function sessionInfo(plan: RunPlan, browserVersion: string): SessionInfo {
  const { url, name, settings } = plan;
  const [bare = url] = url.split(/[?#]/, 1);
  return {
    id: randomUUID(),
    name,
    note: '',
    page: settings.keepQuery ? url : bare,
    started: Date.now(),
    ended: null,
    state: 'recording',
    reason: '',
    source: 'cli',
    mode: 'reload',
    settings,
    conditions: conditions(browserVersion, setupOf(plan)),
    bytes: 0,
    segments: 0,
  };
}
