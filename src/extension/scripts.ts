import type { Scripting } from 'webextension-polyfill';
import browser from 'webextension-polyfill';
import { createQueue } from './createQueue.ts';

// Agent and bridge into pages: registered only while a tab is recorded.

type ContentScript = Scripting.RegisteredContentScript;

const AGENT = 'agent';
const BRIDGE = 'bridge';

/** Two registrations at a time would find each other's scripts. */
const inTurn = createQueue();

/**
 * Runs agent and bridge before the scripts of every page of these sites, and of the other sites
 * that the user has allowed, since a recorded page may have frames of them; and on no other.
 * @param sites match patterns; none: agent and bridge run nowhere
 */
export const registerScripts = (sites: readonly string[]): Promise<void> =>
  inTurn(async () => {
    await unregister();
    if (sites.length > 0) await browser.scripting.registerContentScripts(await scriptsFor(sites));
  });

async function scriptsFor(sites: readonly string[]): Promise<ContentScript[]> {
  const { origins = [] } = await browser.permissions.getAll();
  const common: Pick<
    ContentScript,
    'matches' | 'runAt' | 'allFrames' | 'matchOriginAsFallback' | 'persistAcrossSessions'
  > = {
    matches: [...new Set([...sites, ...origins])],
    runAt: 'document_start',
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: false,
  };
  return [
    { ...common, id: AGENT, js: ['agent.js', 'vitals.js'], world: 'MAIN' },
    { ...common, id: BRIDGE, js: ['bridge.js'], world: 'ISOLATED' },
  ];
}

/** Match patterns of the sites that agent and bridge are registered for. */
export async function registeredSites(): Promise<string[]> {
  const [agent] = await browser.scripting.getRegisteredContentScripts({ ids: [AGENT] });
  return agent?.matches ?? [];
}

async function unregister(): Promise<void> {
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [AGENT, BRIDGE] });
  const ids = registered.map(({ id }) => id);
  if (ids.length > 0) await browser.scripting.unregisterContentScripts({ ids });
}

/** Runs bridge and agent in the documents that a tab shows now. */
export async function injectScripts(tab: number): Promise<void> {
  const target = { tabId: tab, allFrames: true };
  // The bridge first: it hears the agent's greeting.
  await browser.scripting.executeScript({ target, files: ['bridge.js'], injectImmediately: true });
  await browser.scripting.executeScript({
    target,
    files: ['agent.js', 'vitals.js'],
    world: 'MAIN',
    injectImmediately: true,
  });
}
