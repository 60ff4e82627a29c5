import type { ChunkEnd } from '../src/protocol/chunk.ts';
import type { ClosedFrame, Command } from '../src/protocol/command.ts';
import { DEFAULT_SETTINGS } from '../src/protocol/command.ts';
import type { FunctionRow, MemoryRow } from '../src/protocol/rows.ts';
import type { CopiesHook } from './hooks/copies.ts';
import { hookCopies } from './hooks/copies.ts';
import { hookFetch } from './hooks/fetch.ts';
import { hookFrames } from './hooks/frames.ts';
import { hookLoad } from './hooks/load.ts';
import { hookMemoryGrow } from './hooks/memoryGrow.ts';
import { hookPulse } from './hooks/pulse.ts';
import { hookReferences } from './hooks/references.ts';
import { hookResources } from './hooks/resources.ts';
import { hookTimeline } from './hooks/timeline.ts';
import { hookVitals } from './hooks/vitals.ts';
import { hookWorkersHeap } from './hooks/workersHeap.ts';
import { createBorder } from './lib/border.ts';
import { createBoundaryFunctions } from './lib/boundaryFunctions.ts';
import { isUnread, readCachedBytes } from './lib/cachedBytes.ts';
import type { Channel } from './lib/channel.ts';
import { openChannel, openWorkerChannel } from './lib/channel.ts';
import { now } from './lib/clock.ts';
import type { HookContext } from './lib/context.ts';
import type { Counters } from './lib/counters.ts';
import { createCounters } from './lib/counters.ts';
import type { Thread } from './lib/counts.ts';
import type { LoadedModule } from './lib/loadedModule.ts';
import { createMemories } from './lib/memories.ts';
import type { NativeFunction, Undo } from './lib/patch.ts';
import { call, patchToString, showTrampolines } from './lib/patch.ts';
import { createRecording } from './lib/recording.ts';
import { schedule, wake, whenIdle } from './lib/schedule.ts';
import type { SharedMemory } from './lib/sharedMemories.ts';
import type { SharedModule } from './lib/sharedModules.ts';
import { toJson } from './lib/toJson.ts';
import { warmUp } from './lib/warmUp.ts';

/** Whether the agent brings itself into workers: written by the build, so that the other agent has no code for it. */
declare const __WASMSCOPE_INSIDE__: boolean;

// Held before the page replaces it.
const { assign } = Object;
/** How often a chunk is cut, ms. */
const PERIOD = 1000;
/** How often at most a young worker cuts one before that, ms; the older it is, the less often. */
const EARLY = 50;
/** How often a worker's first chunks may come at once, with names that are needed should it never come back. */
const URGENT = 16;

/** The hook that brings the agent into a realm's workers. */
export interface WorkersHook {
  /** Passes a command on to the agents in workers, and notes a frame that is closed to them. */
  command(command: Command | ClosedFrame): void;
  /** Hands over what the workers have counted: they end with their page. */
  leave(): void;
  /** Runs something once the workers' last chunks have come, or will not come any more; false: they are all there. */
  whenStopped(run: () => void): boolean;
}

/** What depends on who brings the agent into workers. */
export interface Inside {
  /** @param handOverEarly to be called where the worker may end soon: hands over unless it just did */
  openChannel(
    context: HookContext,
    thread: Thread,
    onCommand: (command: Command) => void,
    handOverEarly: () => void,
  ): Channel | null;
  /** What another realm's agent told of a module that came from there. */
  received(object: WebAssembly.Module): SharedModule | null;
  /** A shared memory, met at the border: what it is in another realm. */
  met(memory: SharedMemory): MemoryRow['same'];
  hookWorkers(
    context: HookContext,
    modules: readonly LoadedModule[],
    report: Channel['send'],
    undos: Undo[],
  ): WorkersHook;
}

/**
 * Starts recording in this realm with the default settings. Chunks are cut from the moment a bridge says
 * `start`; until then everything is gathered, in bounded buffers.
 * @param key a secret of this build; a realm whose `Function.prototype.toString` knows it has an agent
 * @param create makes what brings the agent into workers, where the realm has no agent yet; left out where it is
 *   brought there from outside, as the command line does
 */
export function startAgent(key: string, create?: (realm: string) => Inside | undefined): void {
  if (isRunning(key)) return;
  const inDocument = typeof document === 'object';
  const late = inDocument && document.readyState !== 'loading';
  const recording = createRecording({ ...DEFAULT_SETTINGS }, late);
  const { context } = recording;
  const inside = __WASMSCOPE_INSIDE__ ? create?.(recording.realm) : undefined;
  const undos: Undo[] = [];
  let state: 'gathering' | 'handing over' | 'stopped' = 'gathering';
  let channel: Channel | null = null;
  let handedOver = -EARLY;
  let urgent = URGENT;
  let named = -1;
  let copies: CopiesHook | null = null;
  let heap: Undo | null = null;

  const memories = createMemories(
    () => counters,
    __WASMSCOPE_INSIDE__ ? addMemory : context.memories.add,
    context.growths.add,
  );
  const counters: Counters = createCounters(
    (fn, at) => firstCalls(fn, at),
    (memory, node) => memories.check(memory, node, false),
  );
  const functions = createBoundaryFunctions(counters);
  const border = createBorder(counters, functions, memories, late, context.unmeasured);
  showTrampolines(border.textOf);
  const load = hookLoad(context, border, inside?.received);
  const firstCalls = (fn: number, at: number): void => {
    if (__WASMSCOPE_INSIDE__ && !inDocument) handOverEarly(fn > named && urgent-- > 0);
    const module = functions.ownerOf(fn);
    if (!module || module.row.firstCall !== null) return;
    module.row.firstCall = at;
    context.modules.changed(module.row);
  };

  undos.push(
    load.undo,
    hookReferences(context, border),
    hookMemoryGrow(context, counters, memories),
    patchToString(key),
  );
  if (inDocument) undos.push(hookFrames());
  const workers = inside?.hookWorkers(
    context,
    load.modules,
    (report) => channel?.send(report),
    undos,
  );
  const resources = hookResources(context);
  const network: Undo[] = [resources.undo, hookFetch(context, resources.join)];
  const page: Undo[] = inDocument
    ? [hookTimeline(context), hookVitals(context), hookPulse(context)]
    : [];
  undos.push(
    () => undoAll(network),
    () => undoAll(page),
  );
  context.onTick(() => {
    functions.report(__WASMSCOPE_INSIDE__ ? nameFunction : context.functions.add);
    const bytes = memories.checkAll();
    if (bytes > 0) context.point('linearMemory', now(), bytes);
  });

  function addMemory(row: MemoryRow): void {
    const memory = memories.objects[row.id]?.deref();
    if (row.shared && memory && inside)
      row.same = inside.met({ realm: recording.realm, id: row.id, memory }) ?? null;
    context.memories.add(row);
  }

  function nameFunction(row: FunctionRow): void {
    named = row.id;
    context.functions.add(row);
  }

  function handOver(end?: ChunkEnd): void {
    if (!channel) return;
    if (__WASMSCOPE_INSIDE__) handedOver = now();
    recording.tick();
    // Not within a crossing, whose time it would be.
    if (!__WASMSCOPE_INSIDE__ || counters.current() === null) counters.calibrate();
    channel.send({ type: 'chunk', chunk: toJson(recording.cut(counters, end, copies?.take())) });
    if (__WASMSCOPE_INSIDE__ && !inDocument) counters.goOn(now() - handedOver, pause());
  }

  /** How long to gather before handing over early, ms. */
  function pause(): number {
    const young = EARLY + handedOver / 8;
    return young < PERIOD ? young : PERIOD;
  }

  /** A thread may never come back to its event loop: it hands over when it calls something, or says something. */
  function handOverEarly(atOnce = false): void {
    if (state === 'handing over' && (atOnce || now() - handedOver >= pause()))
      context.quietly('a chunk', () => handOver());
  }

  function turn(): void {
    if (state === 'stopped') return;
    if (counters.settle()) context.unmeasured('the crossing tree', 'a trap left it open');
    if (state === 'handing over') handOver();
    else counters.calibrate();
    schedule(turn, PERIOD);
  }

  function stop(): void {
    if (state === 'stopped') return;
    undoAll(undos);
    const handsOver = state === 'handing over';
    const unread = handsOver ? load.modules.filter(isUnread) : [];
    // What was recorded is safe before the bytes are read, whatever happens to the page meanwhile.
    if (unread.length > 0) handOver();
    const end = (): void => {
      if (workers?.whenStopped(end)) return;
      if (handsOver) handOver('stop');
      channel?.send({ type: 'stopped' });
      channel?.close();
    };
    state = 'stopped';
    if (unread.length > 0) void readCachedBytes(context, unread).finally(end);
    else end();
  }

  function obey(command: Command | ClosedFrame): void {
    wake();
    workers?.command(command);
    switch (command.type) {
      case 'start':
        if (state === 'gathering') state = 'handing over';
        assign(context.settings, command.settings);
        if (!context.settings.network) undoAll(network);
        if (!context.settings.page) undoAll(page);
        if (__WASMSCOPE_INSIDE__ && context.settings.isolated && inDocument && !heap)
          undos.push((heap = hookWorkersHeap(context)));
        if (__WASMSCOPE_INSIDE__ && context.settings.copies && !copies) {
          copies = hookCopies(context, counters, memories);
          undos.push(copies.undo);
        }
        break;
      case 'stop':
        stop();
        break;
      case 'flush':
        if (state === 'handing over') handOver();
        break;
      default:
        command satisfies ClosedFrame; // noted by the hook of workers
    }
  }

  channel = inDocument
    ? openChannel(window, obey)
    : inside
      ? inside.openChannel(
          context,
          { memory: counters.memory, realm: recording.realm, timeOrigin: performance.timeOrigin },
          obey,
          handOverEarly,
        )
      : openWorkerChannel(obey);
  if (inDocument) {
    whenIdle(() => context.quietly('warming up', warmUp));
    const leave = ({ persisted }: PageTransitionEvent): void => {
      if (state !== 'handing over') return;
      if (__WASMSCOPE_INSIDE__ && !persisted) workers?.leave();
      handOver('pagehide');
    };
    window.addEventListener('pagehide', leave);
    undos.push(() => window.removeEventListener('pagehide', leave));
  }
  schedule(turn, PERIOD);
}

const undoAll = (undos: Undo[]): void =>
  undos
    .splice(0)
    .reverse()
    .forEach((undo) => undo());

// Asked so that nothing is thrown where there is no agent: an exception costs 5 ms here, as V8 then
// compiles the whole script again for its source positions.
function isRunning(key: string): boolean {
  return call(Function.prototype.toString as NativeFunction, isRunning, [key]) === key;
}
