import type { ClosedFrame, Command, Report } from '../../src/protocol/command.ts';
import { plainOption } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, make, patchConstructor, patchMethod } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import type { EnteredWorkers } from './enteredWorkers.ts';
import { createEnteredWorkers } from './enteredWorkers.ts';
import { hookBlobs } from './hookBlobs.ts';
import { hookOtherScripts } from './hookOtherScripts.ts';
import { resolveUrl } from './hookWorkerLocation.ts';
import type { InjectedScript } from './injectedScript.ts';
import { injectAgent } from './injectedScript.ts';
import { absoluteUrl, revokeUrl } from './scriptUrl.ts';
import type { Sharing } from './sharing.ts';
import { ownStart } from './workerStart.ts';

/** The hook that brings the agent into a realm's workers. */
export interface WorkersHook extends Pick<EnteredWorkers, 'leave' | 'whenStopped'> {
  /**
   * Passes a command on to the agents in workers, and lists a frame that the agent cannot enter.
   */
  command(command: Command | ClosedFrame): void;
}

/**
 * Starts dedicated workers with the agent inserted, if the page cannot notice it. All others start
 * unchanged and are listed as not measured. A worker costs the agent's own start, about 5 ms on the
 * worker's thread; a message costs about 1 µs.
 * @param noPolicy no content security policy forbids `blob:`
 */
export function hookWorkers(
  context: HookContext,
  sharing: Sharing,
  report: (report: Report) => void,
  noPolicy: boolean,
  undos: Undo[],
): WorkersHook {
  const blobs = hookBlobs(context);
  const workers = createEnteredWorkers(sharing, report, (url, reason) =>
    notMeasured('worker', url, reason),
  );
  const scope = globalThis as { Worker?: typeof Worker };
  const prototype = scope.Worker?.prototype ?? {};

  function notMeasured(kind: string, url: string, reason: string): void {
    context.unmeasured(`${kind} ${context.cleanUrl(url)}`, reason);
  }

  function inject(address: unknown, options: unknown): InjectedScript | null {
    const url = absoluteUrl(address);
    const isModule = plainOption(options, 'type') === 'module';
    const script = injectAgent(url, isModule, blobs.get(url), noPolicy);
    if (typeof script !== 'string') return script;
    notMeasured('worker', url, script);
    return null;
  }

  undos.push(
    patchConstructor(globalThis, 'Worker', (native, args, newTarget) => {
      const withAddress = (address: unknown): unknown[] => [address, ...args.slice(1)];
      const script = context.quietly('a worker', () => inject(args[0], args[1]));
      if (!script)
        return make(native, args.length > 0 ? withAddress(resolveHere(args[0])) : args, newTarget);
      try {
        const worker = make(native, withAddress(script.url), newTarget) as Worker;
        context.quietly('a worker', () => workers.connect(worker, script));
        return worker;
      } finally {
        revokeUrl(script.url);
      }
    }),
    patchMethod(prototype, 'postMessage', (native, self, args) => {
      context.quietly('modules for a worker', () => workers.share(self as Worker));
      return call(native, self, args);
    }),
    patchMethod(prototype, 'terminate', (native, self, args) => {
      workers.terminate(self as Worker);
      return call(native, self, args);
    }),
    hookOtherScripts((kind, address, reason) =>
      context.quietly(kind, () => notMeasured(kind, absoluteUrl(address), reason)),
    ),
    blobs.undo,
  );

  return {
    command(command) {
      if (command.type === 'closed frame') notMeasured('frame', command.url, command.reason);
      else workers.command(command);
    },
    leave: workers.leave,
    whenStopped: workers.whenStopped,
  };
}

/**
 * Resolves a relative address as this worker means it: in a moved worker, the engine would resolve
 * it against a different base.
 */
const resolveHere = (address: unknown): unknown =>
  ownStart?.moved ? resolveUrl(ownStart.url, address) : address;
