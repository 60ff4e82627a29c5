import type { CDPSession } from 'puppeteer-core';
import { BINDING, documentBridge, WORLD } from './bridgeScripts.ts';
import type { RealmHost } from './realmHost.ts';
import type { RealmLink } from './realmLinks.ts';
import { createRealmLink } from './realmLinks.ts';

/**
 * Puts the agent into the documents of a page, or of a frame of another site, those of later
 * navigations included.
 * @param url of the frame, for messages
 * @returns resolves once the next document will have the agent
 */
export async function enterDocuments(
  session: CDPSession,
  url: string,
  { realms, leaving, reports, settings, landmark, documentAgent }: RealmHost,
): Promise<void> {
  /** The bridge's isolated worlds, by execution context. */
  const worlds = new Map<number, RealmLink>();
  const leave = (context: number): void => {
    const realm = worlds.get(context);
    worlds.delete(context);
    if (!realm) return;
    realm.end();
    realms.delete(realm);
  };
  const leaveAll = (): void => [...worlds.keys()].forEach(leave);

  session.on('Runtime.executionContextCreated', ({ context: { id, name, origin } }) => {
    if (name !== WORLD) return;
    const realm = createRealmLink(`the document ${origin || url}`, session, (detail) =>
      commandInWorld(session, id, detail),
    );
    worlds.set(id, realm);
    realms.add(realm);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    leave(executionContextId),
  );
  session.on('Runtime.executionContextsCleared', leaveAll);
  leaving.set(session, leaveAll);
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === BINDING) reports.receive(payload, worlds.get(executionContextId));
  });
  await Promise.all([
    session.send('Runtime.enable'),
    session.send('Page.enable'),
    session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: documentBridge(settings, landmark),
    }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: documentAgent }),
  ]);
}

/** @returns whether an agent took the command */
async function commandInWorld(
  session: CDPSession,
  contextId: number,
  detail: string,
): Promise<boolean> {
  const { result } = await session.send('Runtime.evaluate', {
    contextId,
    expression: `wasmscopeCommand(${JSON.stringify(detail)})`,
  });
  return result.value === true;
}
