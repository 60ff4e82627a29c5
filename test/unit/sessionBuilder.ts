import type {
  CrossingColumns,
  FunctionRow,
  ModuleRow,
  RealmInfo,
  RequestRow,
} from '../../src/protocol/rows.ts';
import * as rows from '../../src/protocol/rows.ts';
import { createFold } from '../../src/session/fold.ts';
import type { Session, SessionInfo } from '../../src/session/model.ts';
import { callSums } from '../../src/session/model.ts';
import type { Segment } from '../../src/session/segment.ts';
import { syntheticInfo } from '../fixtures/synthetic.ts';

// Small recordings by hand: what matters to a test is said, the rest is filled in.

export const realmInfo = (change: Partial<RealmInfo> = {}): RealmInfo => ({
  ...rows.realmInfo.empty(),
  url: 'https://example.org/',
  timeOrigin: 1000,
  crossOriginIsolated: true,
  hardwareConcurrency: 2,
  ...change,
});

export const moduleRow = (change: Partial<ModuleRow> = {}): ModuleRow => ({
  ...rows.moduleRow.empty(),
  url: 'https://example.org/a.wasm',
  name: 'a.wasm',
  method: 'instantiateStreaming',
  streamed: true,
  instances: 1,
  ...change,
});

export const functionRow = (
  id: number,
  name: string,
  change: Partial<FunctionRow> = {},
): FunctionRow => ({
  ...rows.functionRow.empty(),
  id,
  name,
  index: id,
  ...change,
});

export const requestRow = (change: Partial<RequestRow> = {}): RequestRow => ({
  ...rows.requestRow.empty(),
  url: 'https://example.org/a.bin',
  method: 'GET',
  initiator: 'fetch',
  status: 200,
  protocol: 'h2',
  cache: 'network',
  ...change,
});

/** A node of the crossing tree, numbered from 1 in the order given; parent 0 is the top level. */
export interface Node {
  parent: number;
  function: number;
}

export const nodeColumns = (nodes: readonly Node[], first = 1): Segment['nodes'] & object => ({
  first,
  parent: nodes.map(({ parent }) => parent),
  function: nodes.map((node) => node.function),
});

/** The calls of one segment. */
export type Calls = Omit<CrossingColumns, 'from' | 'to'>;

/** What a segment holds; its calls are one step. */
export type Part = Omit<Partial<Segment>, 'crossings'> & { crossings?: Calls };

/** Calls that were all timed: the time is exact where the clock is. */
export type Timed = [node: number, calls: number, ms: number];

export const exactly = (timed: readonly Timed[]): Calls => ({
  ...callSums(() => timed.map(() => 0)),
  node: timed.map(([node]) => node),
  calls: timed.map(([, calls]) => calls),
  certainCalls: timed.map(([, calls]) => calls),
  certainTime: timed.map(([, , ms]) => ms),
});

/** A realm's segments, a second each, from what each is to hold. */
export const segmentsOf = (parts: readonly Part[], realm = 'r0'): Segment[] =>
  parts.map(({ crossings, ...part }, seq) => {
    const from = part.from ?? seq * 1000;
    const to = part.to ?? (seq + 1) * 1000;
    return {
      realm,
      seq,
      from,
      to,
      ...(seq === 0 && { info: realmInfo() }),
      ...(crossings && { crossings: [{ from, to, ...crossings }] }),
      ...part,
    };
  });

export function sessionFrom(
  segments: readonly Segment[],
  info: Partial<SessionInfo> = {},
): Session {
  const fold = createFold(syntheticInfo(info));
  for (const segment of segments) fold.add(segment);
  return fold.session();
}

export interface Recording {
  /** Names of exports; a Partial says what else. */
  functions: readonly (string | (Partial<FunctionRow> & { name: string }))[];
  nodes: readonly Node[];
  /** What each second saw. */
  seconds: readonly (readonly Timed[])[];
  info?: Partial<RealmInfo>;
}

/** A page with one module, its crossings second by second. */
export function recordingOf({ functions, nodes, seconds, info }: Recording): Segment[] {
  return segmentsOf(
    seconds.map((timed, at) => ({
      crossings: exactly(timed),
      ...(at === 0 && {
        info: realmInfo(info),
        modules: [moduleRow()],
        nodes: nodeColumns(nodes),
        functions: functions.map((fn, id) =>
          typeof fn === 'string' ? functionRow(id, fn) : functionRow(id, fn.name, fn),
        ),
      }),
    })),
  );
}
