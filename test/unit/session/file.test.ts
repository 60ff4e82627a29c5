import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSession, writeSession } from '../../../src/session/file.ts';
import type { SessionInfo } from '../../../src/session/model.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { upgradeFrom } from '../../../src/session/versions.ts';
import { anySegment } from '../../fixtures/anySegment.ts';
import { SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

const fixtureOf = (version: number): string =>
  readFileSync(
    new URL(`../../fixtures/sessions/v${version}.wasmscope.json`, import.meta.url),
    'utf8',
  );
const fixture = fixtureOf(3);
const schema = JSON.parse(
  readFileSync(new URL('../../../docs/session.schema.json', import.meta.url), 'utf8'),
) as object;

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function written(info: SessionInfo, segments: Iterable<Segment>): Promise<string> {
  let text = '';
  for await (const piece of writeSession(info, each(segments))) text += piece;
  return text;
}

async function read(
  pieces: Iterable<string>,
): Promise<{ info: SessionInfo; segments: Segment[]; problem: string }> {
  const { info, segments, problem } = await readSession(each(pieces));
  const all: Segment[] = [];
  for await (const segment of segments) all.push(segment);
  return { info, segments: all, problem: problem() };
}

/** Text cut into pieces of these lengths, over and over. */
function* cut(text: string, lengths: readonly number[]): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = lengths[turn % lengths.length] as number;
    yield text.slice(at, at + length);
    at += length;
  }
}

test('what is written is read back the same, however the text is cut', async () => {
  const name = fc.string({ unit: 'binary', maxLength: 20 });
  const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySegment, { maxLength: 5 }),
      name,
      lengths,
      async (segments, note, pieces) => {
        const info = syntheticInfo({ note });
        expect(await read(cut(await written(info, segments), pieces))).toEqual({
          info,
          segments,
          problem: '',
        });
      },
    ),
  );
});

test('what is written is one JSON document that follows the schema', async () => {
  const follows = new Ajv({ strict: true, strictTypes: false }).compile(schema);
  await fc.assert(
    fc.asyncProperty(fc.array(anySegment, { maxLength: 3 }), async (segments) => {
      follows(JSON.parse(await written(syntheticInfo(), segments)));
      expect(follows.errors).toBeNull();
    }),
  );
});

test('the schema refuses a row with a field of its own, and one with a field missing', () => {
  const follows = new Ajv({ strict: true, strictTypes: false }).compile(schema);
  const document = JSON.parse(fixture) as { segments: { modules: Record<string, unknown>[] }[] };
  const [module] = document.segments[0]?.modules ?? [];
  if (!module) throw new Error('the fixture has no module');
  expect(follows(document)).toBe(true);
  module.colour = 'red';
  expect(follows(document)).toBe(false);
  delete module.colour;
  delete module.bytes;
  expect(follows(document)).toBe(false);
});

test('each segment stands on a line of its own', async () => {
  const lines = (await written(syntheticInfo(), syntheticSegments(SMALL))).split('\n');
  expect(lines).toHaveLength(1 + SMALL.seconds + 2);
  expect(JSON.parse((lines[1] as string).slice(0, -1))).toMatchObject({ seq: 0 });
});

test('segments are read as they come, not once the file is whole', async () => {
  let pieces = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const piece of writeSession(syntheticInfo(), each(syntheticSegments(SMALL)))) {
      pieces++;
      yield piece;
    }
  }
  const { segments } = await readSession(counted());
  for await (const _ of segments) break;
  expect(pieces).toBeLessThan(5);
});

test.each([1, 2, 3])('a file of version %i is read', async (version) => {
  const { info, segments, problem } = await read([fixtureOf(version)]);
  expect(problem).toBe('');
  expect(info).toEqual(syntheticInfo({ segments: 4 }));
  expect(segments.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
  expect(segments[0]?.nodes?.parent).toHaveLength(29);
});

test('timed calls of version 1 come to stand for the others of their stretch', async () => {
  const [before] = (
    JSON.parse(fixtureOf(1)) as { segments: { crossings: Record<string, number[]> }[] }
  ).segments;
  const crossings = (await read([fixtureOf(1)])).segments[0]?.crossings?.[0];
  const of = (column: string): number => before?.crossings[column]?.[0] as number;
  const weight = (of('calls') - of('certain')) / of('timed');
  expect(crossings?.weight[0]).toBeCloseTo(of('calls') - of('certain'));
  expect(crossings?.weightedTime[0]).toBeCloseTo(of('time') * weight);
  expect(crossings?.weightedTimeSquared[0]).toBeCloseTo(of('square') * weight ** 2);
});

test.each([
  ['indented', JSON.stringify(JSON.parse(fixture), null, 2)],
  ['on one line', JSON.stringify(JSON.parse(fixture))],
  ['with a byte order mark and other line ends', `\uFEFF${fixture.replaceAll('\n', '\r\n')}`],
  ['behind empty lines', `\n\n${fixture}`],
])('a file %s is read as well', async (_, text) => {
  expect(await read(cut(text, [1000]))).toEqual(await read([fixture]));
});

test('wherever a file ends too early, the segments before it are kept and the problem is reported', async () => {
  const whole = await read([fixture]);
  const head = fixture.indexOf('\n');
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: head + 1, max: fixture.trimEnd().length - 1 }),
      async (end) => {
        const { info, segments, problem } = await read([fixture.slice(0, end)]);
        expect(info).toEqual(whole.info);
        expect(segments).toEqual(whole.segments.slice(0, segments.length));
        expect(segments.length).toBeGreaterThanOrEqual(
          fixture.slice(0, end).split('\n').length - 2,
        );
        expect(problem).toMatch(/^The file ends (early|within)/);
      },
    ),
  );
});

test('a file that was cut off in its only segment says so', async () => {
  const start = fixture.indexOf('\n') + 1;
  const { segments, problem } = await read([fixture.slice(0, start + 40)]);
  expect(segments).toHaveLength(0);
  expect(problem).toBe(
    'The file ends within its first segment. If the session still exists, export it again.',
  );
});

test('a file that was cut off before its first segment says so', async () => {
  const { problem } = await read([fixture.slice(0, fixture.indexOf('\n') + 1)]);
  expect(problem).toBe(
    'The file ends early, before its first segment. If the session still exists, export it again.',
  );
});

test('a first segment that is damaged is reported as that', async () => {
  const start = fixture.indexOf('\n') + 1;
  const { problem } = await read([`${fixture.slice(0, start)}!${fixture.slice(start)}`]);
  expect(problem).toMatch(/^The first segment cannot be read \(.*\), so nothing could be kept\.$/);
});

test('a segment that is none ends the reading, with its number and the field', async () => {
  const broken = fixture.replace('"seq":2', '"seq":-2');
  const { segments, problem } = await read([broken]);
  expect(segments).toHaveLength(2);
  expect(problem).toBe(
    'Segment 3 cannot be read (segment.seq must be a whole number of at least 0); the segments before it were kept.',
  );
});

test('what stands behind the end is not read', async () => {
  const { segments, problem } = await read([`${fixture}{"realm":"x","seq":0,"from":0,"to":1}\n`]);
  expect(segments).toHaveLength(4);
  expect(problem).toBe('');
});

test.each([
  ['nothing', [''], 'empty'],
  ['white space', ['  \n', '\n'], 'empty'],
  ['no JSON', ['PK\u0003\u0004'], 'not json'],
  ['a list', ['[1,2]'], 'not json'],
  ['a head cut short', ['{"format":"wasmscope-session","ver'], 'not json'],
  [
    'another format',
    ['{"$schema":"https://www.speedscope.app/file-format-schema.json"}'],
    'foreign',
  ],
  ['no version', ['{"format":"wasmscope-session"}'], 'foreign'],
  ['version 0', ['{"format":"wasmscope-session","version":0}'], 'foreign'],
  [
    'version 4',
    ['{"format":"wasmscope-session","version":4,"info":{},"segments":[\n', '\n]}'],
    'newer',
  ],
  ['no info', ['{"format":"wasmscope-session","version":1,"segments":[]}'], 'no info'],
  [
    'an info of another type',
    ['{"format":"wasmscope-session","version":1,"info":{"name":7},"segments":[]}'],
    'no info',
  ],
  ['no segments', ['{"format":"wasmscope-session","version":1,"info":{}}'], 'foreign'],
])('%s is refused', async (_, pieces, problem) => {
  await expect(read(pieces)).rejects.toMatchObject({ name: 'SessionFileError', problem });
});

test('a newer version names what is needed', async () => {
  await expect(read(['{"format":"wasmscope-session","version":7,"info":{}}'])).rejects.toThrow(
    'The session has version 7; this Wasmscope reads up to 3. Update Wasmscope.',
  );
});

test('text that is never JSON is refused in words, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      await expect(read([text])).rejects.toMatchObject({ name: 'SessionFileError' });
    }),
  );
});

/** So many MB of one line; tells how many were taken. */
async function* endless(
  start: string,
  megabytes: number,
  taken: { count: number },
): AsyncGenerator<string> {
  yield start;
  for (; taken.count < megabytes; taken.count++) yield ' '.repeat(2 ** 20);
}

test('a huge file that is no JSON is refused at its first character', async () => {
  const taken = { count: 0 };
  await expect(readSession(endless('GIF89a', 500, taken))).rejects.toMatchObject({
    problem: 'not json',
  });
  expect(taken.count).toBe(0);
});

test('a huge file of one line is given up, not gathered', async () => {
  const taken = { count: 0 };
  await expect(readSession(endless('{', 500, taken))).rejects.toMatchObject({
    problem: 'too large',
  });
  expect(taken.count).toBeLessThan(130);
});

test('a line too long behind good ones keeps these', async () => {
  const taken = { count: 0 };
  const { segments, problem } = await readSession(
    endless(fixture.slice(0, fixture.lastIndexOf('{"realm"')), 500, taken),
  );
  let kept = 0;
  for await (const _ of segments) kept++;
  expect(kept).toBe(3);
  expect(problem()).toMatch(/over 128 MB/);
});

test('a disk that fails while reading is no fault of the file', async () => {
  async function* failing(): AsyncGenerator<string> {
    yield fixture.slice(0, 5000);
    throw new DOMException('gone', 'NotReadableError');
  }
  const { segments } = await readSession(failing());
  await expect(
    (async () => {
      for await (const _ of segments);
    })(),
  ).rejects.toThrow('gone');
});

test('upgrades run in order, from the file’s version on', () => {
  const step = (name: string) => ({
    info: (value: unknown) => `${String(value)} ${name}`,
    segment: (value: unknown) => `${String(value)} ${name}`,
  });
  const steps = [step('1→2'), step('2→3')];
  expect(upgradeFrom(1, steps).info('info')).toBe('info 1→2 2→3');
  expect(upgradeFrom(2, steps).segment('segment')).toBe('segment 2→3');
  expect(upgradeFrom(3, steps).info('info')).toBe('info');
});
