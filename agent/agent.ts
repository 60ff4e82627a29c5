import type { ChunkEnd } from '../src/protocol/chunk.ts';
import type { ClosedFrame, Command } from '../src/protocol/command.ts';
import { DEFAULT_SETTINGS } from '../src/protocol/defaultSettings.ts';
import type { FunctionRow, MemoryRow } from '../src/protocol/rows.ts';
import { createBoundary } from './crossings/boundary.ts';
import { createBoundaryFunctions } from './crossings/boundaryFunctions.ts';
import type { Counters } from './crossings/counters.ts';
import { createCounters } from './crossings/counters.ts';
import type { CopiesHook, hookCopies } from './crossings/hookCopies.ts';
import { hookMemoryGrow } from './crossings/hookMemoryGrow.ts';
import { hookReferences } from './crossings/hookReferences.ts';
import { createMemories } from './crossings/memories.ts';
import { isUnread, readCachedBytes } from './modules/cachedBytes.ts';
import { hookLoad } from './modules/hookLoad.ts';
import { hookFetch } from './network/hookFetch.ts';
import { hookResources } from './network/hookResources.ts';
import { hookFrames } from './page/hookFrames.ts';
import type { NativeFunction, Undo } from './page/patch.ts';
import { call, patchToString, showTrampolines } from './page/patch.ts';
import type { Channel } from './recording/channel.ts';
import { openChannel, openWorkerChannel } from './recording/channel.ts';
import { now } from './recording/clock.ts';
import { createRecording } from './recording/recording.ts';
import { schedule, wake, whenIdle } from './recording/schedule.ts';
import { toJson } from './recording/toJson.ts';
import { hookPulse } from './timeline/hookPulse.ts';
import type { pageHooks } from './timeline/pageHooks.ts';
import type { hookWorkersHeap } from './workers/hookWorkersHeap.ts';
import type { WorkerInjection } from './workers/workerInjection.ts';

/** What an entry file adds to the agent, so that no agent has code that it does not use. */
export interface Features {
  /** Makes what brings the agent into the realm's workers; undefined where another agent sees to that. */
  createWorkerInjection?(realm: string): WorkerInjection | undefined;
  hookCopies?: typeof hookCopies;
  hookWorkersHeap?: typeof hookWorkersHeap;
  /** Where it is left out it may be offered later, by a script of its own. */
  pageHooks?: typeof pageHooks;
}

// Held before the page replaces it.
const { assign } = Object;
/** How often a chunk is cut, ms. */
const PERIOD = 1000;
/** After so many turns the page will have loaded: before that the agent measures nothing that can wait. */
const LOADED = 3;
/** How often at most a young worker cuts one before that, ms; the older it is, the less often. */
const EARLY = 50;
/** How often a worker's first chunks may come at once, with names that are needed should it never come back. */
const URGENT = 16;

/**
 * Starts recording in this realm with the default settings. Chunks are cut from the moment a bridge says
 * `start`; until then everything is gathered, in bounded buffers.
 * @param key a secret of this build; a realm whose `Function.prototype.toString` knows it has an agent
 * @param features what this agent has beyond what every agent has
 */
export function startAgent(key: string, features: Features): void {
  if (isRunning(key)) return;
  const inDocument = typeof document === 'object';
  const late = inDocument && document.readyState !== 'loading';
  const recording = createRecording({ ...DEFAULT_SETTINGS }, late);
  const { context } = recording;
  const injection = features.createWorkerInjection?.(recording.realm);
  const inInjectedWorker = injection !== undefined && !inDocument;
  const undos: Undo[] = [];
  let state: 'gathering' | 'handing over' | 'stopped' = 'gathering';
  let channel: Channel | null = null;
  let handedOver = -EARLY;
  let urgent = URGENT;
  let named = -1;
  let turns = 0;
  let copies: CopiesHook | null = null;
  let heap: Undo | null = null;

  const memories = createMemories(() => counters, addMemory, context.growths.add);
  const counters: Counters = createCounters(
    (fn, at) => firstCalls(fn, at),
    (memory, node) => memories.check(memory, node, false),
  );
  const functions = createBoundaryFunctions(counters);
  const boundary = createBoundary(counters, functions, memories, late, context.unmeasured);
  showTrampolines(boundary.textOf);
  const load = hookLoad(context, boundary, counters.kernel, injection?.received);
  const firstCalls = (fn: number, at: number): void => {
    if (inInjectedWorker) handOverEarly(fn > named && urgent-- > 0);
    const module = functions.ownerOf(fn);
    if (!module || module.row.firstCall !== null) return;
    module.row.firstCall = at;
    context.modules.changed(module.row);
  };

  undos.push(
    load.undo,
    hookReferences(context, boundary),
    hookMemoryGrow(context, counters, memories),
    patchToString(key, Function.prototype, addFeatures),
  );
  if (inDocument) undos.push(hookFrames());
  const workers = injection?.hookWorkers(
    context,
    load.modules,
    (report) => channel?.send(report),
    undos,
  );
  const resources = hookResources(context);
  const network: Undo[] = [resources.undo, hookFetch(context, resources.join)];
  const page: Undo[] = inDocument ? [hookPulse(context)] : [];
  addPageHooks();
  undos.push(
    () => undoAll(network),
    () => undoAll(page),
  );
  context.onTick(() => {
    functions.report(nameFunction);
    const bytes = memories.checkAll();
    if (bytes > 0) context.point('linearMemory', now(), bytes);
  });

  /** Takes what another script has for the agent. */
  function addFeatures(offer: unknown): void {
    assign(features, (offer as () => Features)());
    addPageHooks();
    measureHeap();
  }

  function addPageHooks(): void {
    if (features.pageHooks && inDocument && state !== 'stopped' && context.settings.page)
      page.push(...features.pageHooks(context));
  }

  function measureHeap(): void {
    if (state !== 'handing over' || !features.hookWorkersHeap || heap) return;
    if (!context.settings.isolated || !inDocument) return;
    heap = features.hookWorkersHeap(context);
    undos.push(heap);
  }

  function addMemory(row: MemoryRow): void {
    const memory = memories.objects[row.id]?.deref();
    if (row.shared && memory && injection)
      row.origin = injection.originOf({ realm: recording.realm, id: row.id, memory }) ?? null;
    context.memories.add(row);
  }

  function nameFunction(row: FunctionRow): void {
    named = row.id;
    context.functions.add(row);
  }

  function handOver(end?: ChunkEnd): void {
    if (!channel) return;
    handedOver = now();
    recording.tick();
    if (!counters.isCalibrated()) counters.calibrate();
    channel.send({ type: 'chunk', chunk: toJson(recording.cut(counters, end, copies?.take())) });
    if (inInjectedWorker) counters.goOn(now() - handedOver, pause());
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

  /** Measures what counting costs, while the page waits. */
  function measure(): void {
    if (state === 'stopped') return;
    context.quietly('calibration', counters.calibrate);
  }

  function turn(): void {
    if (state === 'stopped') return;
    if (counters.settle()) context.unmeasured('the crossing tree', 'a trap left it open');
    if (state === 'handing over') handOver();
    if (++turns > LOADED) whenIdle(measure);
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
    if (unread.length > 0) void readCachedBytes(context, counters.kernel, unread).finally(end);
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
        measureHeap();
        if (features.hookCopies && context.settings.copies && !copies) {
          copies = features.hookCopies(context, counters, memories);
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
    : injection
      ? injection.openChannel(
          context,
          { memory: counters.memory(), realm: recording.realm, timeOrigin: performance.timeOrigin },
          obey,
          handOverEarly,
        )
      : openWorkerChannel(obey);
  if (inDocument) {
    const leave = ({ persisted }: PageTransitionEvent): void => {
      if (state !== 'handing over') return;
      if (!persisted) workers?.leave();
      handOver('pagehide');
    };
    window.addEventListener('pagehide', leave);
    undos.push(() => window.removeEventListener('pagehide', leave));
  }
  schedule(turn, PERIOD);
  recording.started();
}

function undoAll(undos: Undo[]): void {
  for (let undo = undos.pop(); undo; undo = undos.pop()) undo();
}

// Asked so that nothing is thrown where there is no agent: an exception costs 5 ms here, as V8 then
// compiles the whole script again for its source positions.
function isRunning(key: string): boolean {
  return call(Function.prototype.toString as NativeFunction, isRunning, [key]) === key;
}
