import { readFileSync } from 'node:fs';
import * as fake from 'fake-indexeddb';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { readSession } from '../../../src/session/file.ts';
import type { Segment } from '../../../src/session/segment.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { openStore, resetStore } from '../../../src/store/store.ts';
import { SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  // idb looks for the classes on the global object.
  for (const [name, value] of Object.entries(fake))
    if (name.startsWith('IDB')) vi.stubGlobal(name, value);
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
});

const segment = (seq: number, realm = 'a1'): Segment => ({ realm, seq, from: seq, to: seq + 1 });

async function withSession(id = 'synthetic'): Promise<SessionStore> {
  const store = await openStore();
  await store.create(syntheticInfo({ id }));
  return store;
}

async function stored(
  store: SessionStore,
  id = 'synthetic',
  after?: number,
): Promise<{ n: number; segment: Segment }[]> {
  const all = [];
  for await (const row of store.segments(id, after)) all.push(row);
  return all;
}
const keys = async (store: SessionStore, after?: number): Promise<string[]> =>
  (await stored(store, 'synthetic', after)).map(
    ({ n, segment: { realm, seq } }) => `${n}: ${realm} ${seq}`,
  );

/** Replaces `put` and `add`, whatever the store, by what fails. */
function failing(
  name: 'put' | 'add' | 'get',
  fail: (store: IDBObjectStore) => IDBRequest,
): { restore(): void } {
  const original = fake.IDBObjectStore.prototype[name] as unknown;
  const spy = vi.spyOn(
    fake.IDBObjectStore.prototype as unknown as Record<string, (...all: unknown[]) => unknown>,
    name,
  );
  spy.mockImplementation(function (this: unknown) {
    return fail(this as IDBObjectStore);
  });
  return { restore: () => void Object.assign(fake.IDBObjectStore.prototype, { [name]: original }) };
}

test('what was stored is there when the database is opened again', async () => {
  const store = await withSession();
  const segments = [...syntheticSegments(SMALL)];
  await store.append('synthetic', segments);
  store.close();
  const again = await openStore();
  expect((await stored(again)).map((row) => row.segment)).toEqual(segments);
  expect(await again.get('synthetic')).toMatchObject({
    segments: SMALL.seconds,
    name: syntheticInfo().name,
  });
});

/** As Wasmscope stored a session before it wrote down the format of segments. */
async function storeAsBefore(version: number): Promise<void> {
  const fixture = new URL(`../../fixtures/sessions/v${version}.wasmscope.json`, import.meta.url);
  const { info, segments } = JSON.parse(readFileSync(fixture, 'utf8'));
  const database = await openDB('wasmscope', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('sessions', { keyPath: 'info.id' });
      const store = fresh.createObjectStore('segments', { keyPath: ['session', 'n'] });
      store.createIndex('once', ['session', 'realm', 'seq'], { unique: true });
    },
  });
  await database.add('sessions', { info, trashed: null, last: segments.length });
  for (const [index, segment] of segments.entries()) {
    const { realm, seq } = segment;
    await database.add('segments', { session: info.id, n: index + 1, realm, seq, segment });
  }
  database.close();
}

async function segmentsOfFile(version: number): Promise<Segment[]> {
  const fixture = new URL(`../../fixtures/sessions/v${version}.wasmscope.json`, import.meta.url);
  async function* text() {
    yield readFileSync(fixture, 'utf8');
  }
  const all: Segment[] = [];
  for await (const row of (await readSession(text())).segments) all.push(row);
  return all;
}

test.each([1, 2])('a session stored in format %i is read in the present one', async (version) => {
  await storeAsBefore(version);
  const store = await openStore();
  expect((await stored(store)).map((row) => row.segment)).toEqual(await segmentsOfFile(version));
});

test('a session stored in an older format can be continued', async () => {
  await storeAsBefore(2);
  const store = await openStore();
  await store.append('synthetic', [segment(4, 'a0b1c2')]);
  expect((await stored(store)).at(-1)?.segment).toEqual(segment(4, 'a0b1c2'));
});

test('an older Wasmscope does not open a database of this one', async () => {
  await openStore();
  await expect(openDB('wasmscope', 1)).rejects.toMatchObject({ name: 'VersionError' });
});

test('segments come in the order of their arrival, from behind a number on', async () => {
  const store = await withSession();
  await store.append('synthetic', [segment(1), segment(0, 'b2')]);
  await store.append('synthetic', [segment(0)]);
  expect(await keys(store)).toEqual(['1: a1 1', '2: b2 0', '3: a1 0']);
  expect(await keys(store, 2)).toEqual(['3: a1 0']);
});

test('many more segments than are read at a time all come', async () => {
  const store = await withSession();
  await store.append(
    'synthetic',
    Array.from({ length: 100 }, (_, seq) => segment(seq)),
  );
  expect((await stored(store)).map(({ n }) => n)).toEqual(
    Array.from({ length: 100 }, (_, at) => at + 1),
  );
});

test('storing the same realm and number twice is harmless, in one transaction and in two', async () => {
  const store = await withSession();
  await store.append('synthetic', [segment(0), segment(0)]);
  await store.append('synthetic', [segment(0), segment(1)]);
  expect(await keys(store)).toEqual(['1: a1 0', '2: a1 1']);
  expect((await store.get('synthetic'))?.segments).toBe(2);
});

test('appends at the same time lose and double nothing', async () => {
  const store = await withSession();
  await Promise.all(
    Array.from({ length: 20 }, (_, seq) => store.append('synthetic', [segment(seq)])),
  );
  expect(new Set((await stored(store)).map(({ segment: { seq } }) => seq)).size).toBe(20);
  expect((await stored(store)).map(({ n }) => n)).toEqual(
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});

test('the newest session comes first; the bytes stored are counted', async () => {
  const store = await openStore();
  for (const [id, started] of [
    ['old', 1],
    ['new', 3],
    ['middle', 2],
  ] as const)
    await store.create(syntheticInfo({ id, started }));
  await store.append('old', [segment(0)]);
  expect((await store.list()).map(({ id }) => id)).toEqual(['new', 'middle', 'old']);
  expect((await store.get('old'))?.bytes).toBe(JSON.stringify(segment(0)).length);
});

test('a deleted session can be brought back until it is purged', async () => {
  const store = await withSession();
  await store.append('synthetic', [segment(0)]);
  await store.trash('synthetic');
  expect(await store.list()).toEqual([]);
  expect(await store.get('synthetic')).toBeUndefined();
  await store.restore('synthetic');
  expect(await keys(store)).toHaveLength(1);
  await store.trash('synthetic');
  await store.purge(60_000);
  await store.restore('synthetic');
  await store.trash('synthetic');
  await store.purge();
  await expect(store.restore('synthetic')).rejects.toMatchObject({ problem: 'missing' });
  expect(await stored(store)).toEqual([]);
});

test('purging leaves other sessions alone', async () => {
  const store = await withSession();
  await store.create(syntheticInfo({ id: 'synthetic2' }));
  await store.append('synthetic2', [segment(0)]);
  await store.trash('synthetic');
  await store.purge();
  expect(await stored(store, 'synthetic2')).toHaveLength(1);
});

test('sessions that a dead background left recording can be found', async () => {
  const store = await withSession();
  await store.update('synthetic', { state: 'recording' });
  expect(
    (await store.list()).filter(({ state }) => state === 'recording').map(({ id }) => id),
  ).toEqual(['synthetic']);
});

test('a session that is not there says so', async () => {
  const store = await openStore();
  await expect(store.append('none', [segment(0)])).rejects.toMatchObject({
    name: 'StoreError',
    problem: 'missing',
  });
  await expect(store.update('none', {})).rejects.toMatchObject({ problem: 'missing' });
});

test('an id that is taken is refused, also by one in the trash', async () => {
  const store = await withSession();
  await store.trash('synthetic');
  await expect(store.create(syntheticInfo())).rejects.toMatchObject({ problem: 'failed' });
});

test('every write waits for the disk', async () => {
  const transaction = vi.spyOn(fake.IDBDatabase.prototype, 'transaction');
  const store = await withSession();
  await store.append('synthetic', [segment(0)]);
  await store.update('synthetic', { note: 'x' });
  await store.trash('synthetic');
  await store.purge();
  const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
  expect(writes.length).toBeGreaterThanOrEqual(5);
  for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
});

test('quota exceeded at put: nothing of the batch is there, what was before stays', async () => {
  const store = await withSession();
  await store.append('synthetic', [segment(0)]);
  const { restore } = failing('put', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(store.append('synthetic', [segment(1), segment(2)])).rejects.toMatchObject({
    problem: 'quota',
  });
  restore();
  expect(await keys(store)).toEqual(['1: a1 0']);
  await store.append('synthetic', [segment(1)]);
  expect(await keys(store)).toEqual(['1: a1 0', '2: a1 1']);
});

/**
 * Aborts a transaction as the browser does: with its reason, or without any where the connection is
 * gone.
 */
function abortAsBrowser(transaction: IDBTransaction, reason: string | null): void {
  (transaction as unknown as { _abort(name: string | null): void })._abort(reason);
}

test('quota exceeded at commit, where only the transaction’s abort says so', async () => {
  const store = await withSession();
  await store.append('synthetic', [segment(0)]);
  const put = fake.IDBObjectStore.prototype.put;
  const spy = vi.spyOn(fake.IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...all
  ) {
    const request = put.apply(this as never, all);
    // The last request succeeds; the disk is found full after it.
    request.addEventListener('success', () =>
      queueMicrotask(() => abortAsBrowser(this.transaction, 'QuotaExceededError')),
    );
    return request;
  });
  await expect(store.append('synthetic', [segment(1)])).rejects.toMatchObject({ problem: 'quota' });
  spy.mockRestore();
  expect(await keys(store)).toEqual(['1: a1 0']);
});

test('quota exceeded while requests are under way, which then only hear of an abort', async () => {
  const store = await withSession();
  const get = fake.IDBObjectStore.prototype.get;
  const spy = vi.spyOn(fake.IDBObjectStore.prototype, 'get').mockImplementation(function (
    this: IDBObjectStore,
    ...all
  ) {
    const request = get.apply(this as never, all);
    abortAsBrowser(this.transaction, 'QuotaExceededError');
    return request;
  });
  await expect(store.append('synthetic', [segment(1)])).rejects.toMatchObject({ problem: 'quota' });
  spy.mockRestore();
});

/** The connections opened so far. */
function connections(): IDBDatabase[] {
  const opened: IDBDatabase[] = [];
  const transaction = fake.IDBDatabase.prototype.transaction;
  vi.spyOn(fake.IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...all
  ) {
    if (!opened.includes(this)) opened.push(this);
    return transaction.apply(this as never, all as never);
  });
  return opened;
}

test('a connection closed under us is opened again, and the work redone', async () => {
  const opened = connections();
  const store = await withSession();
  opened[0]?.close();
  await store.append('synthetic', [segment(0)]);
  opened[1]?.close();
  expect(await keys(store)).toEqual(['1: a1 0']);
  expect(opened).toHaveLength(3);
});

test('a transaction that ends with its connection is done again', async () => {
  const store = await withSession();
  const get = fake.IDBObjectStore.prototype.get;
  vi.spyOn(fake.IDBObjectStore.prototype, 'get').mockImplementationOnce(function (
    this: IDBObjectStore,
    ...all
  ) {
    const request = get.apply(this as never, all);
    abortAsBrowser(this.transaction, null);
    return request;
  });
  await store.append('synthetic', [segment(0)]);
  expect(await keys(store)).toEqual(['1: a1 0']);
});

test('a connection that is closed time and again ends in words, not in a circle', async () => {
  const store = await withSession();
  const transaction = vi.spyOn(fake.IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('closing', 'InvalidStateError');
  });
  await expect(store.list()).rejects.toMatchObject({
    problem: 'closed',
    message: expect.stringMatching(/again/),
  });
  expect(transaction).toHaveBeenCalledTimes(2);
});

test('several calls that find it closed open it once', async () => {
  const opened = connections();
  const store = await withSession();
  opened[0]?.close();
  await Promise.all([
    store.list(),
    store.get('synthetic'),
    store.append('synthetic', [segment(0)]),
  ]);
  expect(opened).toHaveLength(2);
});

test('a newer version may have the database: this one lets go, and says what to do', async () => {
  const store = await withSession();
  const newer = await new Promise<IDBDatabase>((done, failed) => {
    const request = indexedDB.open('wasmscope', 99);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error('blocked'));
  });
  await expect(store.list()).rejects.toMatchObject({
    problem: 'newer',
    message: expect.stringMatching(/Update/),
  });
  newer.close();
});

test('a database that cannot be opened is found out at once; resetting makes a new one', async () => {
  const store = await withSession();
  store.close();
  const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('Internal error opening backing store', 'UnknownError');
  });
  await expect(openStore()).rejects.toMatchObject({
    problem: 'corrupt',
    message: expect.stringMatching(/reset/),
  });
  expect(open).toHaveBeenCalledTimes(1);
  open.mockRestore();
  await resetStore();
  expect(await (await openStore()).list()).toEqual([]);
});

test('resetting is not held up by a store that is open elsewhere', async () => {
  await withSession();
  await resetStore();
  expect(await (await openStore()).list()).toEqual([]);
});
