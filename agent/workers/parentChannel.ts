import type { Command } from '../../src/protocol/command.ts';
import type { Thread } from '../crossings/counts.ts';
import { call, patchMethod, together } from '../page/patch.ts';
import type { Channel } from '../recording/channel.ts';
import type { HookContext } from '../recording/context.ts';
import type { Sharing } from './sharing.ts';
import { createPeer } from './sharing.ts';
import type { FromWorker, ToWorker } from './tagged.ts';
import { listen, tag } from './tagged.ts';
import type { WorkerStart } from './workerStart.ts';

const { postMessage } = globalThis;

/**
 * Opens the channel from an agent in a worker to the agent that started it.
 * @param thread lets another thread read this one's counts; null if no memory is shared
 * @param handOverEarly called before each message that the worker posts: after a result, the page
 *   often terminates the worker
 */
export function openParentChannel(
  context: HookContext,
  { secret }: WorkerStart,
  thread: Thread | null,
  onCommand: (command: Command) => void,
  handOverEarly: () => void,
  sharing: Sharing,
): Channel {
  const parent = createPeer();
  const post = (message: FromWorker): void => {
    call(postMessage, globalThis, [tag(secret, message)]);
  };
  listen<ToWorker>(globalThis as unknown as EventTarget, secret, (message) => {
    if (message[0] === 'command') onCommand(message[1]);
    else sharing.receive(parent, message);
  });
  const undo = together([
    patchMethod(globalThis, 'postMessage', (native, self, args) => {
      context.quietly('modules for the page', () => {
        const message = sharing.messageFor(parent);
        if (message) post(message);
      });
      handOverEarly();
      return call(native, self, args);
    }),
    patchMethod(globalThis, 'close', (native, self, args) => {
      onCommand({ type: 'flush' });
      return call(native, self, args);
    }),
  ]);
  post(['here', thread]);
  return { send: (report) => post(['report', report]), close: undo };
}
