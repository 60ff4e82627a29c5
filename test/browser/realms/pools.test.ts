import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISOLATED } from '../../../scripts/serve.mjs';
import type { Session } from '../../../src/session/model.ts';
import type { Counted, Harness } from '../harness.ts';
import { callsOf } from '../harness.ts';
import { expectSame, openRealms, record, sessionOf } from './bothRealms.ts';

// Thread pools from real packages: an image encoder built by Emscripten with pthreads, whose
// threads return when their work is done, and an optimiser built by wasm-bindgen-rayon in a worker,
// whose threads then wait within wasm forever. Their counts are compared with closures that count
// in shared memory.

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const bytes = (path: string): Buffer => readFileSync(new URL(`../../../${path}`, import.meta.url));

const AVIF = 'node_modules/@jsquash/avif/codec/enc/avif_enc_mt';
const OXIPNG = 'node_modules/@jsquash/oxipng/codec/pkg-parallel';
const RAYON = 'snippets/wasm-bindgen-rayon-3e04391371ad0a8e/src/workerHelpers';
const STARTER = read('test/fixtures/readCells.js');
const THREAD = read('test/fixtures/countInCells.js') + read('test/fixtures/countCrossings.js');

/** Asked by the page: optimises an image, and reads its threads' cells. */
const OPTIMISER = `import init, { initThreadPool, optimise_raw } from './pkg/';
const ready = init('./pkg/squoosh_oxipng_bg.wasm').then(() => initThreadPool(2));
onmessage = async ({ data }) => {
  await ready;
  postMessage(data === 'counts' ? threadCounts() : [...optimise_raw(data.pixels, data.size, data.size, 2, false, false)].join());
};`;

type Route = (request: unknown, response: import('node:http').ServerResponse) => unknown;
const script =
  (text: string): Route =>
  (_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(text);
const wasm =
  (path: string): Route =>
  (_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(bytes(path));
const html =
  (starter: string): Route =>
  (_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<!doctype html><link rel="icon" href="data:,"><script>
    ${starter}
    globalThis.loadCodec = async () => (await import('./avif_enc_mt.js')).default({});
  </script>`);

/**
 * Serves both packages from a folder, with the given texts inserted before the code that starts
 * threads and before the threads' own code.
 */
const folder = (at: string, starter: string, thread: string): Record<string, Route> => ({
  [`${at}page`]: html(starter),
  [`${at}avif_enc_mt.js`]: script(read(`${AVIF}.js`)),
  [`${at}avif_enc_mt.wasm`]: wasm(`${AVIF}.wasm`),
  [`${at}avif_enc_mt.worker.mjs`]: script(thread + read(`${AVIF}.worker.mjs`)),
  [`${at}optimiser.js`]: script(starter + OPTIMISER),
  [`${at}pkg/`]: script(read(`${OXIPNG}/squoosh_oxipng.js`)),
  [`${at}pkg/squoosh_oxipng_bg.wasm`]: wasm(`${OXIPNG}/squoosh_oxipng_bg.wasm`),
  [`${at}pkg/${RAYON}.js`]: script(read(`${OXIPNG}/${RAYON}.js`)),
  [`${at}pkg/${RAYON}.worker.js`]: script(thread + read(`${OXIPNG}/${RAYON}.worker.js`)),
});

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    headers: { '/': ISOLATED },
    routes: { ...folder('/plain/', '', ''), ...folder('/counted/', STARTER, THREAD) } as never,
  });
});
afterAll(() => harness?.close());

type Counts = Pick<Counted, 'in' | 'out'>;
declare const threadCounts: () => Counts[];
declare const optimiser: Worker;

/** The bytes of the encoded image. */
const encode = async (): Promise<string> => {
  const codec = await loadCodec();
  const size = 96;
  const pixels = new Uint8Array(4 * size * size).map((_, at) => (at * at) >> 5);
  const encoded = codec.encode(pixels, size, size, {
    quality: 50,
    qualityAlpha: -1,
    denoiseLevel: 0,
    tileColsLog2: 1,
    tileRowsLog2: 1,
    speed: 9,
    subsample: 1,
    chromaDeltaQ: false,
    sharpness: 0,
    tune: 0,
    enableSharpYUV: false,
    bitDepth: 8,
    lossless: false,
  });
  return encoded.join();
};
declare const loadCodec: () => Promise<Codec>;
interface Codec {
  encode(pixels: Uint8Array, width: number, height: number, options: object): Uint8Array;
}

const optimise = async (): Promise<string> => {
  const size = 64;
  const pixels = new Uint8Array(4 * size * size).map((_, at) => (at >> 6) * 3);
  const worker = new Worker(new URL('optimiser.js', location.href), {
    type: 'module',
    name: 'optimiser',
  });
  Object.assign(globalThis, { optimiser: worker });
  const answer = new Promise<string>((come) =>
    worker.addEventListener('message', ({ data }) => come(data as string), { once: true }),
  );
  worker.postMessage({ pixels, size });
  return answer;
};

const ofEncoder = (): Counts[] => threadCounts();
const ofOptimiser = (): Promise<Counts[]> =>
  new Promise((come) => {
    optimiser.addEventListener('message', ({ data }) => come(data as Counts[]), { once: true });
    optimiser.postMessage('counts');
  });

/** What the agent counted in each realm of a kind of thread, as texts without an order. */
const countsByThread = (session: Session): string[] =>
  session.realms
    .flatMap(({ kind, name }, realm) =>
      kind === 'worker' && name !== 'optimiser'
        ? [
            inOrder(
              callsOf({
                ...session,
                intervals: session.intervals.filter((interval) => interval.realm === realm),
              }),
            ),
          ]
        : [],
    )
    .sort();
const inOrder = (counts: Counts): string =>
  JSON.stringify(
    [counts.in, counts.out].map((side) =>
      Object.entries(side).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );

test.each([
  { whose: 'Emscripten', run: encode },
  { whose: 'wasm-bindgen-rayon', run: optimise },
])('the threads of $whose work the same with the agent', async ({ run }) => {
  expect((await expectSame(harness, run, 'plain/page')).length).toBeGreaterThan(200);
});

describe.each([
  { whose: 'Emscripten', run: encode, counts: ofEncoder, stops: (threads: number) => 1 + threads },
  { whose: 'wasm-bindgen-rayon', run: optimise, counts: ofOptimiser, stops: () => 2 },
])('the recording of the threads of $whose', ({ run, counts, stops }) => {
  let session: Session;
  let counted: Counts[];
  beforeAll(async () => {
    const { opened } = await record(harness, run, 'counted/page');
    const readCounts = (): Promise<Counts[]> =>
      opened.page.evaluate(counts as () => Promise<Counts[]>);
    const threads = (await readCounts()).length;
    session = await sessionOf(opened, stops(threads));
    counted = await readCounts();
    await opened.close();
  });

  test('has threads', () => {
    expect(counted.length).toBeGreaterThan(0);
  });

  test('has every call, whether the threads return or wait for ever', () => {
    expect(countsByThread(session)).toEqual(counted.map(inOrder).sort());
  });

  test('has every function measured', () => {
    expect(session.functions.filter(({ notMeasuredReason }) => notMeasuredReason !== null)).toEqual(
      [],
    );
  });

  test('has one memory, shared by all of them', () => {
    const memories = session.memories.map(({ shared, sharedWith }) => [shared, sharedWith.length]);
    expect(memories).toEqual([[true, counted.length]]);
  });
});
