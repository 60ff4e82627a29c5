import type { Command, Report } from '../../src/protocol/command.ts';
import type { Thread } from '../crossings/counts.ts';
import { restOf } from '../crossings/counts.ts';
import { SafeSet, SafeWeakMap, SafeWeakRef } from '../page/natives.ts';
import type { NativeFunction } from '../page/patch.ts';
import { call } from '../page/patch.ts';
import { schedule } from '../recording/schedule.ts';
import { toJson } from '../recording/toJson.ts';
import type { InjectedScript } from './injectedScript.ts';
import { revokeUrl } from './scriptUrl.ts';
import type { Peer, Sharing } from './sharing.ts';
import { createPeer } from './sharing.ts';
import type { FromWorker, ToWorker } from './tagged.ts';
import { listen, tag } from './tagged.ts';

// Saved before the page replaces it; some browsers have no workers in workers.
const post = (globalThis as { Worker?: typeof Worker }).Worker?.prototype
  .postMessage as NativeFunction;
/** How long to wait for a stopped worker's last chunk, ms: its thread may be blocked forever. */
const LAST_CHUNK = 1000;

/** A worker that has an agent. */
interface EnteredWorker {
  worker: WeakRef<Worker>;
  script: InjectedScript;
  /** Access to its counts, available from its first message on if threads share memory. */
  thread: Thread | null;
  peer: Peer;
}

/** The connections to the agents in a realm's workers. */
export interface EnteredWorkers {
  /** Connects to the agent in a worker that has just been created. */
  connect(worker: Worker, script: InjectedScript): void;
  /** Describes modules and memories before a message of the page's that may contain them. */
  share(worker: Worker): void;
  /** Records that the page terminates a worker. */
  terminate(worker: Worker): void;
  /** Forwards a command; `start` also goes to workers that are created later. */
  command(command: Command): void;
  /**
   * Hands over what the workers have counted since their last chunks, because they end with the
   * page.
   */
  leave(): void;
  /**
   * Runs a function once the last chunks have arrived or can no longer arrive. Returns false if
   * there are none to wait for.
   */
  whenStopped(run: () => void): boolean;
}

/**
 * @param onLoss called with the address of a worker whose last figures are missing, and the reason
 */
export function createEnteredWorkers(
  sharing: Sharing,
  report: (report: Report) => void,
  onLoss: (url: string, reason: string) => void,
): EnteredWorkers {
  const byWorker = new SafeWeakMap<Worker, EnteredWorker>();
  const running = new SafeSet<EnteredWorker>();
  let started: Command | null = null;
  let onAllStopped: (() => void) | null = null;

  function send(entered: EnteredWorker, message: ToWorker): void {
    const worker = entered.worker.deref();
    if (worker) call(post, worker, [tag(entered.script.start.secret, message)]);
    else running.delete(entered);
  }

  function remove(entered: EnteredWorker): void {
    running.delete(entered);
    if (running.size === 0) onAllStopped?.();
  }

  function receive(entered: EnteredWorker, message: FromWorker): void {
    entered.script.urls.splice(0).forEach(revokeUrl);
    if (message[0] === 'here') entered.thread = message[1];
    else if (message[0] === 'shared') sharing.receive(entered.peer, message);
    else if (message[1].type === 'stopped') remove(entered);
    else report(message[1]);
  }

  /** Reads what a thread has counted since its last chunk; false if that is not possible. */
  function handOverRest({ thread }: EnteredWorker): boolean {
    const chunk = thread && restOf(thread);
    if (chunk) report({ type: 'chunk', chunk: toJson(chunk) });
    return chunk !== null;
  }

  function lose(entered: EnteredWorker, why: string): void {
    const missing = handOverRest(entered)
      ? 'everything since its last chunk except calls'
      : 'everything since its last chunk';
    onLoss(entered.script.start.url, `${why}: ${missing} is missing`);
    remove(entered);
  }

  return {
    connect(worker, script) {
      const entered: EnteredWorker = {
        worker: new SafeWeakRef(worker),
        script,
        thread: null,
        peer: createPeer(),
      };
      byWorker.set(worker, entered);
      running.add(entered);
      listen<FromWorker>(worker, script.start.secret, (message) => receive(entered, message));
      if (started) send(entered, ['command', started]);
    },
    share(worker) {
      const entered = byWorker.get(worker);
      const message = entered && sharing.messageFor(entered.peer);
      if (message) send(entered, message);
    },
    terminate(worker) {
      const entered = byWorker.get(worker);
      if (entered && running.has(entered)) lose(entered, 'it was terminated');
    },
    command(command) {
      if (command.type === 'start') started = command;
      running.forEach((entered) => {
        send(entered, ['command', command]);
      });
    },
    leave: () => running.forEach(handOverRest),
    whenStopped(run) {
      if (running.size === 0) return false;
      onAllStopped = run;
      schedule(() => {
        running.forEach((entered) => {
          lose(entered, 'its thread is blocked or loops endlessly');
        });
      }, LAST_CHUNK);
      return true;
    },
  };
}
