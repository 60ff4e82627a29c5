import { expect, test } from 'vitest';
import { ProtocolError } from '../../../src/protocol/shape.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import type { SegmentSink } from '../../../src/recorder/recorder.ts';
import { createRecorder } from '../../../src/recorder/recorder.ts';
import { StoreError } from '../../../src/store/storeError.ts';
import { createMemoryStore } from '../../fixtures/memoryStore.ts';
import { syntheticInfo } from '../../fixtures/synthetic.ts';

const chunk = (seq: number, realm = 'a1'): string =>
  JSON.stringify({ protocol: PROTOCOL_VERSION, realm, seq, from: seq, to: seq + 1 });

/** A sink whose transactions end when the test says so. */
function createSlowSink() {
  const batches: { session: string; seqs: number[]; end(error?: Error): void }[] = [];
  const updates: object[] = [];
  const sink: SegmentSink = {
    append: (session, segments) =>
      new Promise((done, failed) => {
        batches.push({
          session,
          seqs: segments.map(({ seq }) => seq),
          end: (error) => (error ? failed(error) : done()),
        });
      }),
    async update(id, change) {
      updates.push({ id, ...change });
      return syntheticInfo();
    },
  };
  return { sink, batches, updates };
}

/** Lets what is settled run on. */
const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

test('a chunk is told to be stored only once it is', async () => {
  const { sink, batches } = createSlowSink();
  let stored: unknown = null;
  const accepted = createRecorder(sink)
    .accept('s', chunk(3))
    .then((key) => (stored = key));
  await turn();
  expect(stored).toBeNull();
  batches[0]?.end();
  await accepted;
  expect(stored).toEqual({ realm: 'a1', seq: 3 });
});

test('chunks that come while another is written go into one transaction, in their order', async () => {
  const { sink, batches } = createSlowSink();
  const recorder = createRecorder(sink);
  const all = [0, 1, 2, 3].map((seq) => recorder.accept('s', chunk(seq)));
  await turn();
  batches[0]?.end();
  await turn();
  batches[1]?.end();
  await Promise.all(all);
  expect(batches.map(({ seqs }) => seqs)).toEqual([[0], [1, 2, 3]]);
});

test('one session does not wait for another', async () => {
  const { sink, batches } = createSlowSink();
  const recorder = createRecorder(sink);
  void recorder.accept('one', chunk(0));
  void recorder.accept('other', chunk(0));
  await turn();
  expect(batches.map(({ session }) => session)).toEqual(['one', 'other']);
});

test('what is no chunk is refused, and what comes with it is stored', async () => {
  const store = createMemoryStore();
  await store.create(syntheticInfo());
  const recorder = createRecorder(store);
  const [good, bad] = await Promise.allSettled([
    recorder.accept('synthetic', chunk(0)),
    recorder.accept('synthetic', '{"protocol":1}'),
  ]);
  expect(good.status).toBe('fulfilled');
  expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(ProtocolError) });
  expect((await store.get('synthetic'))?.segments).toBe(1);
});

test('the protocol’s envelope is not stored', async () => {
  const store = createMemoryStore();
  await store.create(syntheticInfo());
  await createRecorder(store).accept('synthetic', chunk(0));
  for await (const { segment } of store.segments('synthetic'))
    expect(segment).toEqual({ realm: 'a1', seq: 0, from: 0, to: 1 });
  expect.assertions(1);
});

test('a full disk rejects every chunk of the batch with the store’s words; later ones are tried anew', async () => {
  const { sink, batches } = createSlowSink();
  const recorder = createRecorder(sink);
  const first = recorder.accept('s', chunk(0));
  const waiting = Promise.allSettled([
    recorder.accept('s', chunk(1)),
    recorder.accept('s', chunk(2)),
  ]);
  await turn();
  batches[0]?.end();
  await first;
  await turn();
  batches[1]?.end(new StoreError('quota'));
  const reason = expect.objectContaining({
    problem: 'quota',
    message: expect.stringMatching(/full/),
  });
  expect(await waiting).toEqual([
    { status: 'rejected', reason },
    { status: 'rejected', reason },
  ]);
  const later = recorder.accept('s', chunk(1));
  await turn();
  batches[2]?.end();
  expect(await later).toEqual({ realm: 'a1', seq: 1 });
});

test('a session is ended behind what was still being written', async () => {
  const { sink, batches, updates } = createSlowSink();
  const recorder = createRecorder(sink);
  void recorder.accept('s', chunk(0));
  void recorder.accept('s', chunk(1));
  const ended = recorder.finish('s', 'cut', 'full');
  await turn();
  expect(updates).toEqual([]);
  batches[0]?.end();
  await turn();
  expect(updates).toEqual([]);
  batches[1]?.end();
  await ended;
  expect(updates).toEqual([{ id: 's', state: 'cut', reason: 'full', ended: expect.any(Number) }]);
});

test('a session ends although its last write failed', async () => {
  const { sink, batches, updates } = createSlowSink();
  const recorder = createRecorder(sink);
  const refused = expect(recorder.accept('s', chunk(0))).rejects.toThrow(StoreError);
  const ended = recorder.finish('s', 'cut', 'full');
  batches[0]?.end(new StoreError('quota'));
  await Promise.all([refused, ended]);
  expect(updates).toHaveLength(1);
});
