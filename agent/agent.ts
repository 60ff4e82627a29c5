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

/** What an entry file adds to the agent, so that no agent contains code it does not use. */
export interface Features {
  /**
   * Creates what brings the agent into the realm's workers; undefined if another agent does that.
   */
  createWorkerInjection?(realm: string): WorkerInjection | undefined;
  hookCopies?: typeof hookCopies;
  hookWorkersHeap?: typeof hookWorkersHeap;
  /** If missing, a separate script may offer them later. */
  pageHooks?: typeof pageHooks;
}

// Saved before the page replaces it.
const { assign } = Object;
/** How often a chunk is cut, ms. */
const PERIOD = 1000;
/**
 * Turns after which the page has probably loaded: until then the agent postpones its measurements.
 */
const LOADED = 3;
/**
 * The shortest interval between the early chunks of a young worker, ms; it grows with the worker's
 * age.
 */
const EARLY = 50;
/**
 * How many of a worker's first chunks may be cut at once, to deliver names that are needed if the
 * worker never returns to its event loop.
 */
const URGENT = 16;

/**
 * Starts recording in this realm with the default settings. Chunks are cut once a bridge sends
 * `start`; until then everything is collected in bounded buffers.
 * @param key a secret of this build: `Function.prototype.toString` accepts it in a realm that has
 *   an agent
 * @param features what this agent has in addition to the common code
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

  /** Accepts features that another script offers the agent. */
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

  /** How long to collect before handing over early, ms. */
  function pause(): number {
    const young = EARLY + handedOver / 8;
    return young < PERIOD ? young : PERIOD;
  }

  /**
   * A worker may never return to its event loop, so it hands over when it calls or posts something.
   */
  function handOverEarly(atOnce = false): void {
    if (state === 'handing over' && (atOnce || now() - handedOver >= pause()))
      context.quietly('a chunk', () => handOver());
  }

  /** Measures the overhead of counting, while the page waits. */
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
    // Hands over first: the recording is then safe, whatever the page does while the bytes are
    // read.
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

// Tests for the agent without an exception: one costs 5 ms here, because V8 then compiles the whole
// script again for its source positions.
function isRunning(key: string): boolean {
  return call(Function.prototype.toString as NativeFunction, isRunning, [key]) === key;
}
