import type { Chunk, ChunkEnd } from '../../src/protocol/chunk.ts';
import type { Settings } from '../../src/protocol/command.ts';
import type {
  CopyColumns,
  CrossingColumns,
  DroppedRow,
  FunctionRow,
  GrowthRow,
  MemoryRow,
  ModuleRow,
  RequestRow,
  SeriesColumns,
  SeriesName,
  SpanRow,
  UnmeasuredRow,
} from '../../src/protocol/rows.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import type { Counters } from '../crossings/counters.ts';
import { noteCut, takeCrossings, takeNodes } from '../crossings/counts.ts';
import { cleanUrl } from '../network/cleanUrl.ts';
import { SafeMap } from '../page/natives.ts';
import { now, scriptStart } from './clock.ts';
import type { HookContext } from './context.ts';
import { randomId } from './randomId.ts';
import { realmInfo } from './realmInfo.ts';
import { createAppends, createUpserts } from './tables.ts';

/**
 * Everything a realm has recorded since its last chunk, and the functions that cut the next one.
 */
export interface Recording {
  /** The realm's id. */
  readonly realm: string;
  readonly context: HookContext;
  /** Marks the end of the agent's own start, whose duration is part of the overhead. */
  started(): void;
  /** To be called once a second and before the last chunk. */
  tick(): void;
  cut(counters: Counters, end?: ChunkEnd, copies?: Omit<CopyColumns, 'from' | 'to'>): Chunk;
}

/** Rows kept between two chunks; keeps a chunk far below the 64 MiB limit of extension messages. */
const PER_CHUNK = 20_000;

export function createRecording(settings: Settings, late: boolean): Recording {
  const modules = createUpserts<ModuleRow>(PER_CHUNK);
  const memories = createAppends<MemoryRow>(PER_CHUNK);
  const growths = createAppends<GrowthRow>(PER_CHUNK);
  const functions = createAppends<FunctionRow>(Number.MAX_SAFE_INTEGER);
  const requests = createUpserts<RequestRow>(PER_CHUNK);
  const spans = createAppends<SpanRow>(PER_CHUNK);
  const ticks: (() => void)[] = [];
  let series = new SafeMap<SeriesName, SeriesColumns>();
  let unmeasured = new SafeMap<string, UnmeasuredRow>();
  let hookTime = 0;
  let inHook = false;
  let handover = 0;
  let seq = 0;
  let last = 0;
  const realm = randomId();

  const context: HookContext = {
    settings,
    modules,
    memories,
    growths,
    functions,
    requests,
    spans,
    point(name, at, value) {
      const columns = series.get(name) ?? { name, time: [], value: [] };
      series.set(name, columns);
      columns.time.push(at);
      columns.value.push(value);
    },
    unmeasured(what, reason) {
      const row = unmeasured.get(`${what}\0${reason}`) ?? { what, reason, count: 0 };
      unmeasured.set(`${what}\0${reason}`, row);
      row.count++;
    },
    quietly(what, run) {
      const outermost = !inHook;
      inHook = true;
      const start = now();
      try {
        return run();
      } catch (error) {
        try {
          context.unmeasured(what, String(error).slice(0, 200));
        } catch {
          // The page has broken even strings: there is no way left to report it.
        }
        return undefined;
      } finally {
        if (outermost) {
          hookTime += now() - start;
          inHook = false;
        }
      }
    },
    onTick(run) {
      ticks.push(run);
    },
    cleanUrl: (url) => cleanUrl(url, settings.keepQuery),
  };

  return {
    realm,
    context,
    started() {
      hookTime += now() - scriptStart;
    },
    tick() {
      for (const run of ticks) context.quietly('a tick', run);
    },
    cut(counters, end, copies) {
      const start = now();
      const chunk: Chunk = { protocol: PROTOCOL_VERSION, realm, seq, from: last, to: start };
      if (seq === 0) chunk.info = realmInfo(late, context.cleanUrl);
      put(chunk, 'modules', modules.take());
      put(chunk, 'memories', memories.take());
      put(chunk, 'requests', requests.take());
      put(chunk, 'functions', functions.take());
      const memory = counters.isUsed() ? counters.memory() : null;
      put(chunk, 'nodes', memory ? takeNodes(memory) : undefined);
      put(chunk, 'growths', growths.take());
      put(chunk, 'spans', spans.take());
      if (series.size > 0) chunk.series = listOf(series);
      if (unmeasured.size > 0) chunk.unmeasured = listOf(unmeasured);
      put(chunk, 'crossings', memory ? takeCrossings(memory, last, start) : undefined);
      if (copies) chunk.copies = [{ from: last, to: start, ...copies }];
      const dropped: DroppedRow[] = [];
      const drop = (what: DroppedRow['what'], count: number): void => {
        if (count > 0) dropped[dropped.length] = { what, count };
      };
      drop('nodes', counters.takeOverflowed());
      drop('requests', requests.takeDropped());
      drop('spans', spans.takeDropped());
      drop('growths', growths.takeDropped());
      if (dropped.length > 0) chunk.dropped = dropped;
      chunk.calibration = counters.calibration();
      chunk.overhead = {
        crossings: chunk.crossings ? counters.costOf(chunk.crossings[0] as CrossingColumns) : 0,
        hooks: hookTime,
        handover,
      };
      const tier = counters.tier(end !== undefined);
      if (tier) chunk.tierProbes = [tier];
      if (end) chunk.end = end;
      series = new SafeMap();
      unmeasured = new SafeMap();
      hookTime = 0;
      seq++;
      last = start;
      if (memory) noteCut(memory, seq, start);
      handover = now() - start;
      return chunk;
    },
  };
}

/** Avoids iterators, because the page can replace their `next`. */
function listOf<Value>(map: Map<string, Value>): Value[] {
  const values: Value[] = [];
  map.forEach((value) => {
    values[values.length] = value;
  });
  return values;
}

function put<Key extends keyof Chunk>(chunk: Chunk, key: Key, value: Chunk[Key] | undefined): void {
  if (value !== undefined) chunk[key] = value;
}
