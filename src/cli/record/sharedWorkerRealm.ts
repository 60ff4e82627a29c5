import type { CDPSession } from 'puppeteer-core';
import { agentDidNotStart } from '../../text/cliMessages.ts';
import { BINDING, sharedWorkerOnly, workerScript } from './bridgeScripts.ts';
import type { RealmHost } from './realmHost.ts';
import { createRealmLink } from './realmLinks.ts';
import { holdTarget } from './targetHold.ts';

/** Puts the agent into a shared worker that waits for the debugger; leaves other targets alone. */
export function enterSharedWorker(session: CDPSession, host: RealmHost): void {
  const { realms, leaving, reports } = host;
  const bound = session.send('Runtime.addBinding', { name: BINDING });
  const bridge = startAgent(session, host);
  holdTarget(session, Promise.allSettled([bound, bridge]));
  const realm = createRealmLink('a shared worker', session, async (detail) => {
    const objectId = await bridge;
    return objectId !== undefined && commandObject(session, objectId, detail);
  });
  realms.add(realm);
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === BINDING) reports.receive(payload, realm);
  });
  // There were no timers while it waited for the debugger: the first command starts the agent's.
  session.on(
    'Inspector.workerScriptLoaded',
    () => void realm.command({ type: 'flush' }).catch(() => {}),
  );
  leaving.set(session, () => {
    realm.end();
    realms.delete(realm);
  });
}

/** @returns the id of the function that takes commands; undefined if there is no agent */
async function startAgent(
  session: CDPSession,
  { settings, workerAgent, onWarning }: RealmHost,
): Promise<string | undefined> {
  const expression = sharedWorkerOnly(workerScript(settings, workerAgent));
  const answer = await session.send('Runtime.evaluate', { expression }).catch(() => null);
  // It is gone, or a target that runs no scripts.
  if (answer === null) return undefined;
  const { result, exceptionDetails } = answer;
  if (!exceptionDetails) return result.objectId;
  const [reason = ''] = (result.description ?? exceptionDetails.text).split('\n', 1);
  onWarning(agentDidNotStart('a shared worker', reason));
  return undefined;
}

/** @returns whether an agent took the command */
async function commandObject(
  session: CDPSession,
  objectId: string,
  detail: string,
): Promise<boolean> {
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: 'function (detail) { return this(detail); }',
    arguments: [{ value: detail }],
  });
  return result.value === true;
}
