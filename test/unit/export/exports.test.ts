import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { EXPORTS } from '../../../src/export/exports.ts';
import { readSession } from '../../../src/session/file.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { LARGE, SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';
import { formatOf, sourceOf, textOf } from './readExport.ts';

const segments = [...syntheticSegments(SMALL)];

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}

test('a session read back from its JSON is the same, and valid by the documented schema', async () => {
  const text = await textOf('json', sourceOf(segments));
  const { info, segments: read } = await readSession(pieces(text));
  expect(info).toEqual(syntheticInfo({ segments: segments.length }));
  const again: Segment[] = [];
  for await (const segment of read) again.push(segment);
  expect(again).toEqual(segments);
  const schema = JSON.parse(
    readFileSync(new URL('../../../docs/session.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schema, JSON.parse(text)), ajv.errorsText()).toBe(true);
});

test.each(EXPORTS)('$label tells of its progress, which only grows and ends at the whole', async ({
  write,
}) => {
  const seen: number[] = [];
  await new Response(
    write(sourceOf(segments), (done) => seen.push(done)) as ReadableStream<Uint8Array<ArrayBuffer>>,
  ).arrayBuffer();
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});

test.each(EXPORTS)('$label fails where its source does, and says why', async ({ write }) => {
  const failing = {
    ...sourceOf(segments),
    async *segments(): AsyncGenerator<Segment> {
      yield segments[0] as Segment;
      throw new Error('the disk is gone');
    },
  };
  await expect(
    new Response(write(failing) as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  ).rejects.toThrow('the disk is gone');
});

test.each([
  ['json', 1],
  ['csv', 2],
  ['folded-us', 1],
  ['speedscope', 1],
] as const)('%s leaves no reading open once it is cancelled', async (id, readings) => {
  let [opened, closed] = [0, 0];
  const source = {
    ...sourceOf(segments),
    async *segments(): AsyncGenerator<Segment> {
      opened++;
      try {
        yield* syntheticSegments({ ...LARGE, nodes: 8000 });
      } finally {
        closed++;
      }
    },
  };
  const reader = formatOf(id).write(source).getReader();
  while (opened < readings) expect(await reader.read()).toMatchObject({ done: false });
  await reader.read();
  await reader.cancel();
  expect([opened, closed]).toEqual([readings, readings]);
});

test('JSON is written as it is read: a piece ahead, and not the whole', async () => {
  let read = 0;
  const source = {
    ...sourceOf(segments),
    async *segments(): AsyncGenerator<Segment> {
      for (const segment of syntheticSegments({ ...LARGE, nodes: 8000 })) {
        read++;
        yield segment;
      }
    },
  };
  const reader = formatOf('json').write(source).getReader();
  await reader.read();
  expect(read).toBeLessThan(20);
  await reader.cancel();
});

test('names and types fit what the panel and other tools look for', () => {
  expect(EXPORTS.map(({ id, extension, mime }) => [id, extension, mime])).toEqual([
    ['json', '.wasmscope.json', 'application/json'],
    ['json-redacted', '.redacted.wasmscope.json', 'application/json'],
    ['csv', '.csv.zip', 'application/zip'],
    ['folded-us', '.time.folded', 'text/plain'],
    ['folded-calls', '.calls.folded', 'text/plain'],
    ['speedscope', '.speedscope.json', 'application/json'],
  ]);
});
