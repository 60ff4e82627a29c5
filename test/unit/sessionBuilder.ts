import type {
  CrossingColumns,
  FunctionRow,
  ModuleRow,
  RealmInfo,
  RequestRow,
} from '../../src/protocol/rows.ts';
import { createFold } from '../../src/session/fold.ts';
import type { Session, SessionInfo } from '../../src/session/model.ts';
import { callSums } from '../../src/session/model.ts';
import type { Segment } from '../../src/session/segment.ts';
import { syntheticInfo } from '../fixtures/synthetic.ts';

// Small recordings by hand: what matters to a test is said, the rest is filled in.

export const realmInfo = (change: Partial<RealmInfo> = {}): RealmInfo => ({
  kind: 'page',
  url: 'https://example.org/',
  name: '',
  timeOrigin: 1000,
  crossOriginIsolated: true,
  clockResolution: 0,
  userAgent: '',
  hardwareConcurrency: 2,
  late: false,
  ...change,
});

export const moduleRow = (change: Partial<ModuleRow> = {}): ModuleRow => ({
  id: 0,
  url: 'https://example.org/a.wasm',
  name: 'a.wasm',
  method: 'instantiateStreaming',
  streamed: true,
  notStreamed: null,
  onMainThread: false,
  error: null,
  requestStart: null,
  responseStart: null,
  responseEnd: null,
  compileStart: null,
  compileEnd: null,
  instantiateStart: null,
  instantiateEnd: null,
  firstCall: null,
  instances: 1,
  wireBytes: null,
  bytes: null,
  bytesSeen: null,
  imports: null,
  exports: null,
  sections: null,
  bodies: null,
  bodyCount: null,
  bodyBytes: null,
  producers: null,
  features: null,
  ...change,
});

export const functionRow = (
  id: number,
  name: string,
  change: Partial<FunctionRow> = {},
): FunctionRow => ({
  id,
  module: 0,
  kind: 'export',
  name,
  index: id,
  signature: null,
  notMeasured: null,
  ...change,
});

export const requestRow = (change: Partial<RequestRow> = {}): RequestRow => ({
  id: 0,
  url: 'https://example.org/a.bin',
  method: 'GET',
  initiator: 'fetch',
  status: 200,
  protocol: 'h2',
  contentType: '',
  startTime: 0,
  redirectStart: null,
  redirectEnd: null,
  fetchStart: null,
  domainLookupStart: null,
  domainLookupEnd: null,
  connectStart: null,
  secureConnectionStart: null,
  connectEnd: null,
  requestStart: null,
  responseStart: null,
  responseEnd: null,
  headersAt: null,
  transferSize: null,
  encodedBodySize: null,
  decodedBodySize: null,
  cache: 'network',
  connectionReused: null,
  stream: null,
  error: null,
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

/** Calls that were all timed: the time is exact where the clock is. */
export type Timed = [node: number, calls: number, ms: number];

export const exactly = (rows: readonly Timed[]): CrossingColumns => ({
  ...callSums(() => rows.map(() => 0)),
  node: rows.map(([node]) => node),
  calls: rows.map(([, calls]) => calls),
  certain: rows.map(([, calls]) => calls),
  certainTime: rows.map(([, , ms]) => ms),
});

/** A realm's segments, a second each, from what each is to hold. */
export const segmentsOf = (parts: readonly Partial<Segment>[], realm = 'r0'): Segment[] =>
  parts.map((part, seq) => ({
    realm,
    seq,
    from: seq * 1000,
    to: (seq + 1) * 1000,
    ...(seq === 0 && { info: realmInfo() }),
    ...part,
  }));

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
    seconds.map((rows, at) => ({
      crossings: exactly(rows),
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
