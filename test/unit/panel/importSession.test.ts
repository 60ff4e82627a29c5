import { expect, test } from 'vitest';
import { exportName } from '../../../panel/state/exportSession.ts';
import { importSession } from '../../../panel/state/importSession.ts';
import { EXPORTS } from '../../../src/export/exports.ts';
import type { Segment } from '../../../src/session/segment.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { createMemoryStore } from '../../fixtures/memoryStore.ts';
import { SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

const ignore = (): void => {};

async function exported(change = {}): Promise<Blob> {
  const source = {
    info: syntheticInfo(change),
    segments: async function* () {
      yield* syntheticSegments(SMALL);
    },
  };
  const json = EXPORTS.find(({ id }) => id === 'json');
  return new Response(json?.write(source)).blob();
}

async function segmentsOf(store: SessionStore, id: string): Promise<Segment[]> {
  const all: Segment[] = [];
  for await (const { segment } of store.segments(id)) all.push(segment);
  return all;
}

test('an exported session comes back the same', async () => {
  const store = createMemoryStore();
  const { info, problem } = await importSession(store, await exported(), ignore);
  expect(problem).toBe('');
  expect(info).toEqual(syntheticInfo({ segments: SMALL.seconds }));
  expect(await segmentsOf(store, info.id)).toEqual([...syntheticSegments(SMALL)]);
});

test('a session that is already stored, or in the trash, is imported under a new id', async () => {
  const store = createMemoryStore();
  const file = await exported();
  const first = await importSession(store, file, ignore);
  const second = await importSession(store, file, ignore);
  await store.trash(first.info.id);
  const third = await importSession(store, file, ignore);
  expect(new Set([first.info.id, second.info.id, third.info.id]).size).toBe(3);
});

test('a truncated file is imported as far as it goes, and marked as cut', async () => {
  const store = createMemoryStore();
  const file = await exported();
  const { info, problem } = await importSession(
    store,
    file.slice(0, Math.floor(file.size / 2)),
    ignore,
  );
  expect(problem).toMatch(/kept/);
  expect(info).toMatchObject({ state: 'cut', reason: problem });
  expect(info.segments).toBeGreaterThan(0);
});

test.each([
  ['', 'empty'],
  ['PK\u0003\u0004', 'not a session file'],
  ['{"frames":[]}', 'not a Wasmscope session'],
  ['{"format":"wasmscope-session","version":99,"info":{},"segments":[]}', 'Update Wasmscope'],
])('%j is refused in words, and leaves nothing behind', async (text, words) => {
  const store = createMemoryStore();
  await expect(importSession(store, new Blob([text]), ignore)).rejects.toThrow(words);
  expect(await store.list()).toEqual([]);
});

test('an import that cannot be stored leaves nothing in the list', async () => {
  const store = createMemoryStore();
  store.append = async () => {
    throw new Error('full');
  };
  await expect(importSession(store, await exported(), ignore)).rejects.toThrow('full');
  expect(await store.list()).toEqual([]);
});

test('a session exported while it was being recorded is imported as cut short', async () => {
  const { info } = await importSession(
    createMemoryStore(),
    await exported({ state: 'recording' }),
    ignore,
  );
  expect(info).toMatchObject({
    state: 'cut',
    reason: 'It was exported while it was being recorded.',
  });
});

test('progress ends at 1', async () => {
  const seen: number[] = [];
  await importSession(createMemoryStore(), await exported(), (done) => seen.push(done));
  expect(seen.at(-1)).toBe(1);
});

test('a file is named after its session, or its page, and the time', () => {
  expect(exportName(syntheticInfo({ name: '../Physics: “demo”' }), { extension: '.csv.zip' })).toBe(
    'Physics-demo-2026-11-23T1054.csv.zip',
  );
  expect(exportName(syntheticInfo({ name: '' }), { extension: '.json' })).toBe(
    'demo.example-physics-2026-11-23T1054.json',
  );
});
