import { isShared } from '../../src/wasm/counterMemory.ts';
import type { Inside } from '../agent.ts';
import { showLocation } from '../hooks/workerLocation.ts';
import { hookWorkers } from '../hooks/workers.ts';
import { openInnerChannel } from './innerChannel.ts';
import { hasNoPolicy } from './noPolicy.ts';
import { createSharing } from './sharing.ts';
import { given } from './workerStart.ts';

/**
 * What an agent needs that has to bring itself into the workers of its realm. Undefined in a worker that no agent has
 * sent this one into: there it is as one that is brought from outside.
 * @param realm this one's id
 */
export function createInside(realm: string): Inside | undefined {
  if (!given && typeof document !== 'object') return undefined;
  const sharing = createSharing(realm);
  if (given) showLocation(given);
  const free = given ? given.free : hasNoPolicy();
  return {
    openChannel: (context, thread, onCommand, handOverEarly) =>
      given
        ? openInnerChannel(
            context,
            given,
            isShared ? thread : null,
            onCommand,
            handOverEarly,
            sharing,
          )
        : null,
    received: sharing.find,
    met: sharing.meet,
    hookWorkers(context, modules, report, undos) {
      sharing.own(modules);
      return hookWorkers(context, { sharing, report, free }, undos);
    },
  };
}
