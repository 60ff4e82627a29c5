import type { Scripting } from 'webextension-polyfill';
import browser from 'webextension-polyfill';

// Agent and bridge into pages: registered only while a tab is recorded.

const IDS = ['agent', 'bridge'] as const;

/**
 * Makes agent and bridge run before the scripts of every page of these sites, and of the others that the user has
 * allowed: a recorded page may have frames of them.
 */
export async function registerScripts(sites: readonly string[]): Promise<void> {
  await unregisterScripts();
  if (sites.length === 0) return;
  const { origins = [] } = await browser.permissions.getAll();
  const common = {
    matches: [...new Set([...sites, ...origins])],
    runAt: 'document_start',
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: false,
  };
  await browser.scripting.registerContentScripts([
    { ...common, id: 'agent', js: ['agent.js'], world: 'MAIN' },
    { ...common, id: 'bridge', js: ['bridge.js'], world: 'ISOLATED' },
  ] as Scripting.RegisteredContentScript[]);
}

/** Match patterns of the sites that agent and bridge are registered for. */
export async function registeredSites(): Promise<string[]> {
  const [agent] = await browser.scripting.getRegisteredContentScripts({ ids: ['agent'] });
  return agent?.matches ?? [];
}

export async function unregisterScripts(): Promise<void> {
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [...IDS] });
  if (registered.length > 0)
    await browser.scripting.unregisterContentScripts({ ids: registered.map(({ id }) => id) });
}

/** Puts bridge and agent into the documents that a tab shows now. */
export async function injectScripts(tab: number): Promise<void> {
  const target = { tabId: tab, allFrames: true };
  // The bridge first: it hears the agent's greeting.
  await browser.scripting.executeScript({ target, files: ['bridge.js'], injectImmediately: true });
  await browser.scripting.executeScript({
    target,
    files: ['agent.js'],
    world: 'MAIN',
    injectImmediately: true,
  });
}
