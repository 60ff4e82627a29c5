import type { Command } from '../../src/protocol/command.ts';
import type { Channel } from './channel.ts';
import type { Thread } from './counts.ts';
import { call, patchMethod, together } from './patch.ts';
import { listen, seal } from './sealed.ts';
import type { FromWorker, ToWorker } from './sealed.ts';
import type { SharedMemory } from './sharedMemories.ts';
import type { SharedModule } from './sharedModules.ts';
import type { WorkerStart } from './workerStart.ts';

const { postMessage } = globalThis;

/**
 * The channel of an agent in a worker to the one that sent it there.
 * @param thread what another thread may read of it; null where no memory is shared
 * @param handOverEarly called before each message of the worker's: what follows a result is often the end
 */
export function openInnerChannel(
  { secret }: WorkerStart, thread: Thread | null, onCommand: (command: Command) => void, handOverEarly: () => void,
  learn: (modules: readonly SharedModule[], memories: readonly SharedMemory[]) => void,
): Channel {
  const post = (message: FromWorker): void => {
    call(postMessage, globalThis, [seal(secret, message)]);
  };
  listen<ToWorker>(globalThis as unknown as EventTarget, secret, (message) => {
    if (message[0] === 'command') onCommand(message[1]);
    else learn(message[1], message[2]);
  });
  const undo = together([
    patchMethod(globalThis, 'postMessage', (native, self, args) => {
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
