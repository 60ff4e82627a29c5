import type { Runtime } from 'webextension-polyfill';
import { ProtocolError } from '../protocol/shape.ts';
import { storeErrorOf } from '../store/storeError.ts';
import { showBadge } from './badge.ts';
import type { AnswerToBridge, FromBridge, ToBridge } from './messages.ts';
import { isFromBridge } from './messages.ts';
import type { Background } from './openBackground.ts';
import type { TabPorts } from './ports.ts';
import { onMessage, sendTo } from './ports.ts';
import { registeredSites } from './scripts.ts';
import { activeRecording } from './tabState.ts';

type BridgeMessage<Type extends FromBridge['type']> = Extract<FromBridge, { type: Type }>;

/** Answers the bridge of a document. */
export function serveBridge(
  port: Runtime.Port,
  bridges: TabPorts<ToBridge>,
  background: () => Promise<Background>,
): void {
  const tab = port.sender?.tab?.id;
  if (tab === undefined) return;
  bridges.add(tab, port);
  onMessage(port, isFromBridge, (message) => {
    // Where the database cannot be opened, the bridge keeps its chunks and asks again.
    void answer(tab, message).catch(() => {});
  });

  async function answer(tab: number, message: FromBridge): Promise<void> {
    switch (message.type) {
      case 'hello': {
        const reply = await answerHello(await background(), tab, message);
        sendTo<ToBridge>(port, reply);
        // Browsers clear the badge when a page loads.
        if (reply.type === 'record') await showBadge(tab, 'recording');
        break;
      }
      case 'chunk': {
        const reply = await answerChunk(await background(), tab, message);
        if (reply) sendTo<ToBridge>(port, reply);
        break;
      }
      case 'done':
        bridges.remove(tab, port);
        break;
      default:
        message satisfies never;
    }
  }
}

/** Whether the document is to be recorded. */
async function answerHello(
  { tabs }: Background,
  tab: number,
  { session }: BridgeMessage<'hello'>,
): Promise<AnswerToBridge<'hello'>> {
  // Before the recording is looked up: it may end meanwhile.
  const sites = await registeredSites();
  const recording = activeRecording(tabs.stateOf(tab));
  if (recording && (session === null || session === recording.session))
    return { type: 'record', session: recording.session, settings: recording.settings, sites };
  // Its recording ended while the background was dead, or while the document was in the
  // back/forward cache: what the bridge still holds belongs there.
  return session === null ? { type: 'idle' } : { type: 'stop' };
}

/**
 * Stores a chunk. If the disk is full or the database is gone, the recording ends.
 * @returns null where the chunk belongs to no session, as the tab is not recorded
 */
async function answerChunk(
  { tabs, recorder }: Background,
  tab: number,
  { session, chunk, key }: BridgeMessage<'chunk'>,
): Promise<AnswerToBridge<'chunk'> | null> {
  const target = session ?? activeRecording(tabs.stateOf(tab))?.session;
  if (target === undefined) return null;
  try {
    await recorder.accept(target, chunk);
    return { type: 'stored', key };
  } catch (error) {
    if (!(error instanceof ProtocolError))
      tabs.dispatch(tab, { type: 'storing failed', message: storeErrorOf(error).message });
    return { type: 'refused', key };
  }
}
