import type { Chunk } from './chunk.ts';
import type { Report } from './command.ts';
import type { NodeColumns } from './rows.ts';
import * as is from './shapes.ts';
import { PROTOCOL_VERSION } from './version.ts';

// What comes out of a page can be forged. Everything is checked before it is stored: types, finite numbers,
// sizes, columns of one length. Fields that are not in the protocol are dropped.

export { ProtocolError } from './shapes.ts';

const counts = is.record({
  function: is.count,
  table: is.count,
  memory: is.count,
  global: is.count,
  tag: is.count,
});
const time = is.nullable(is.finite);
const size = is.nullable(is.amount);

const info = is.record({
  kind: is.oneOf(['page', 'frame', 'worker', 'sharedworker', 'serviceworker']),
  url: is.text,
  name: is.text,
  timeOrigin: is.finite,
  crossOriginIsolated: is.flag,
  clockResolution: is.amount,
  userAgent: is.text,
  hardwareConcurrency: is.count,
  late: is.flag,
});

const moduleRow = is.record({
  id: is.count,
  url: is.nullable(is.text),
  name: is.text,
  method: is.oneOf([
    'compileStreaming',
    'instantiateStreaming',
    'compile',
    'instantiate',
    'new Module',
    'received',
  ]),
  streamed: is.flag,
  notStreamed: is.nullable(
    is.oneOf(['bytes given', 'wrong MIME type', 'rebuilt Response', 'failed']),
  ),
  onMainThread: is.flag,
  error: is.nullable(is.text),
  requestStart: time,
  responseStart: time,
  responseEnd: time,
  compileStart: time,
  compileEnd: time,
  instantiateStart: time,
  instantiateEnd: time,
  firstCall: time,
  instances: is.count,
  wireBytes: size,
  bytes: size,
  bytesSeen: is.nullable(is.oneOf(['all', 'head'])),
  imports: is.nullable(counts),
  exports: is.nullable(counts),
  sections: is.nullable(
    is.list(is.record({ id: is.count, name: is.text, size: is.amount }), 10_000),
  ),
  bodies: is.nullable(
    is.list(is.record({ index: is.count, name: is.nullable(is.text), size: is.amount }), 10_000),
  ),
  bodyCount: size,
  bodyBytes: size,
  producers: is.nullable(is.list(is.text, 1000)),
  features: is.nullable(is.list(is.text, 1000)),
  same: is.optional(is.nullable(is.record({ realm: is.id, module: is.count }))),
});

const memoryRow = is.record({
  id: is.count,
  module: is.nullable(is.count),
  name: is.text,
  kind: is.oneOf(['own', 'imported']),
  shared: is.flag,
  address: is.oneOf(['i32', 'i64']),
  initialPages: is.amount,
  maximumPages: size,
  at: is.finite,
  same: is.optional(is.nullable(is.record({ realm: is.id, memory: is.count }))),
});

const growthRow = is.record({
  memory: is.count,
  at: is.finite,
  fromPages: is.amount,
  toPages: is.amount,
  node: is.nullable(is.count),
  late: is.flag,
});

const functionRow = is.record({
  id: is.count,
  module: is.count,
  kind: is.oneOf(['export', 'import', 'table']),
  name: is.text,
  index: is.nullable(is.count),
  signature: is.nullable(is.text),
  notMeasured: is.nullable(is.text),
});

const requestRow = is.record({
  id: is.count,
  url: is.text,
  method: is.text,
  initiator: is.text,
  status: is.nullable(is.count),
  protocol: is.text,
  contentType: is.text,
  startTime: is.finite,
  redirectStart: time,
  redirectEnd: time,
  fetchStart: time,
  domainLookupStart: time,
  domainLookupEnd: time,
  connectStart: time,
  secureConnectionStart: time,
  connectEnd: time,
  requestStart: time,
  responseStart: time,
  responseEnd: time,
  headersAt: time,
  transferSize: size,
  encodedBodySize: size,
  decodedBodySize: size,
  cache: is.oneOf(['network', 'cache', 'revalidated', 'unknown']),
  connectionReused: is.nullable(is.flag),
  stream: is.nullable(
    is.record({
      firstChunk: is.finite,
      lastChunk: is.finite,
      chunks: is.count,
      bytes: is.amount,
      maxGap: is.amount,
      medianGap: is.amount,
      end: is.oneOf(['complete', 'cancelled', 'error', 'open']),
    }),
  ),
  error: is.nullable(is.text),
});

const spanRow = is.record({
  kind: is.oneOf([
    'mark',
    'measure',
    'longtask',
    'long-animation-frame',
    'vital',
    'navigation',
    'visibility',
    'gap',
  ]),
  name: is.text,
  start: is.finite,
  duration: is.amount,
  value: time,
  detail: is.text,
});

const nodeColumns = is.columns({ first: is.count }, { parent: is.count, function: is.count });

/** A node's parent has a smaller id: that keeps forged trees free of circles. */
const tree: is.Shape<unknown> = (value, field) => {
  const nodes = nodeColumns(value, field) as unknown as NodeColumns;
  nodes.parent.forEach((parent, at) => {
    if (parent >= nodes.first + at)
      throw new is.ProtocolError(`${field}.parent`, 'is no earlier node');
  });
  return nodes;
};

const segment = {
  realm: is.id,
  seq: is.count,
  from: is.finite,
  to: is.finite,
  info: is.optional(info),
  modules: is.optional(is.list(moduleRow, 100_000)),
  memories: is.optional(is.list(memoryRow, 100_000)),
  requests: is.optional(is.list(requestRow, 100_000)),
  functions: is.optional(is.list(functionRow, 1_000_000)),
  nodes: is.optional(tree),
  growths: is.optional(is.list(growthRow, 100_000)),
  spans: is.optional(is.list(spanRow, 100_000)),
  series: is.optional(
    is.list(
      is.columns(
        {
          name: is.oneOf([
            'jsHeap',
            'workersHeap',
            'eventLoopDelay',
            'framesPerSecond',
            'linearMemory',
          ]),
        },
        { at: is.finite, value: is.finite },
      ),
      1000,
    ),
  ),
  unmeasured: is.optional(
    is.list(is.record({ what: is.text, reason: is.text, count: is.count }), 10_000),
  ),
  crossings: is.optional(
    is.columns(
      {},
      {
        node: is.count,
        calls: is.count,
        certain: is.count,
        certainTime: is.finite,
        timed: is.count,
        weight: is.amount,
        weight2: is.amount,
        time: is.finite,
        time2: is.finite,
        square: is.amount,
      },
    ),
  ),
  costs: is.optional(
    is.record({ clock: is.finite, clockError: is.amount, pair: is.amount, count: is.amount }),
  ),
  tiers: is.optional(is.list(is.record({ at: is.finite, wasm: is.amount, js: is.amount }), 1000)),
  copies: is.optional(is.columns({}, { node: is.count, bytes: is.amount })),
  dropped: is.optional(
    is.list(
      is.record({
        what: is.oneOf(['nodes', 'requests', 'spans', 'growths', 'chunks']),
        count: is.count,
      }),
      1000,
    ),
  ),
  overhead: is.optional(is.record({ crossings: is.finite, hooks: is.finite, handover: is.finite })),
  end: is.optional(is.oneOf(['stop', 'pagehide'])),
};

const chunkShape = is.record({ protocol: is.count, ...segment });
const segmentShape = is.record(segment);

/**
 * A chunk as an agent hands it over.
 * @throws ProtocolError where it is none, or one of another protocol version
 */
export function readChunk(text: string): Chunk {
  const value = is.parse(text);
  const version = (value as { protocol?: unknown } | null)?.protocol;
  if (version !== PROTOCOL_VERSION) {
    throw new is.ProtocolError(
      'protocol',
      `is ${String(version)}, not ${PROTOCOL_VERSION}: reload the page after an update of Wasmscope`,
    );
  }
  return chunkShape(value, 'chunk') as unknown as Chunk;
}

/** A stored segment, already parsed. @throws ProtocolError */
export function readSegment(value: unknown): Omit<Chunk, 'protocol'> {
  return segmentShape(value, 'segment') as unknown as Omit<Chunk, 'protocol'>;
}

const reportShape = is.record({ type: is.oneOf(['chunk', 'stopped']) });
const chunkReport = is.record({ type: is.oneOf(['chunk']), chunk: is.longText });

/** What an agent says to its bridge. @throws ProtocolError */
export function readReport(text: string): Report {
  const value = is.parse(text);
  const { type } = reportShape(value, 'report');
  return type === 'stopped' ? { type } : (chunkReport(value, 'report') as Report);
}
