import { expect, test } from 'vitest';
import type { OpenedSession } from '../../../panel/state/followSession.ts';
import { followSession } from '../../../panel/state/followSession.ts';
import { createMemoryStore } from '../../fixtures/memoryStore.ts';
import { syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

const SIZE = { seconds: 4, functions: 6, requests: 8, nodes: 20 };

test('a finished session is read once', async () => {
  const store = createMemoryStore();
  await store.create(syntheticInfo());
  await store.append('synthetic', [...syntheticSegments(SIZE)]);
  const shown: OpenedSession[] = [];
  await followSession(
    store,
    'synthetic',
    (opened) => shown.push(opened),
    new AbortController().signal,
  );
  expect(shown.map(({ state }) => state)).toEqual(['loading', 'ready']);
  expect(shown.at(-1)).toMatchObject({
    session: { requests: { length: 8 }, intervals: { length: 4 } },
  });
});

test('a session that is being recorded grows until it ends', async () => {
  const store = createMemoryStore();
  await store.create(syntheticInfo({ state: 'recording', ended: null }));
  const segments = [...syntheticSegments(SIZE)];
  const lengths: number[] = [];
  async function wait(): Promise<void> {
    const next = segments.shift();
    if (next) await store.append('synthetic', [next]);
    else await store.update('synthetic', { state: 'complete' });
  }
  const show = (opened: OpenedSession): void => {
    if (opened.state === 'ready') lengths.push(opened.session.intervals.length);
  };
  await followSession(store, 'synthetic', show, new AbortController().signal, wait);
  expect(lengths).toEqual([0, 1, 2, 3, 4, 4]);
});

test('a missing session is reported', async () => {
  const shown: OpenedSession[] = [];
  await followSession(
    createMemoryStore(),
    'gone',
    (opened) => shown.push(opened),
    new AbortController().signal,
  );
  expect(shown.at(-1)).toEqual({
    state: 'failed',
    id: 'gone',
    message: 'This session no longer exists. Choose another one from the list.',
  });
});

test('nothing is shown once another session is opened', async () => {
  const store = createMemoryStore();
  await store.create(syntheticInfo());
  const end = new AbortController();
  const shown: OpenedSession[] = [];
  const done = followSession(store, 'synthetic', (opened) => shown.push(opened), end.signal);
  end.abort();
  await done;
  expect(shown.map(({ state }) => state)).toEqual(['loading']);
});
