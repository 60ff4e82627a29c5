import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExportSource } from '../../../src/export/exports.ts';
import { anyRecording } from '../../fixtures/anySegment.ts';
import { SMALL, syntheticSegments } from '../../fixtures/synthetic.ts';
import { recordingOf } from '../sessionBuilder.ts';
import { sourceOf, textOf } from './readExport.ts';

// Against the schema that speedscope ships; its importer reads the file in
// test/browser/speedscope.test.ts.

interface Profile {
  name: string;
  unit: string;
  samples: number[][];
  weights: number[];
  startValue: number;
  endValue: number;
}
interface File {
  name: string;
  exporter: string;
  shared: { frames: { name: string }[] };
  profiles: Profile[];
}

const schema = JSON.parse(
  readFileSync(
    new URL(
      '../../../node_modules/speedscope/dist/release/file-format-schema.json',
      import.meta.url,
    ),
    'utf8',
  ),
) as object;
const validate = new Ajv({ strict: false }).compile(schema);

async function fileOf(source: ExportSource): Promise<File> {
  const file = JSON.parse(await textOf('speedscope', source)) as File;
  expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  return file;
}

const PLAIN = {
  functions: ['f', { name: 'env.log', kind: 'import' as const }],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ],
  seconds: [
    [
      [1, 10, 5],
      [2, 30, 2],
    ],
  ] as [number, number, number][][],
};

test('a realm has a profile of its self times in µs and one of its calls', async () => {
  const file = await fileOf(sourceOf(recordingOf(PLAIN), { name: 'My "session"' }));
  expect(file).toMatchObject({
    name: 'My "session"',
    exporter:
      'wasmscope 0.1.0; Chromium 156; Linux x86_64; DevTools closed; wasm tier unknown; clock 0 ms; isolated: all',
  });
  expect(file.shared.frames.map(({ name }) => name)).toEqual([
    'export:f (a.wasm)',
    'import:env.log (a.wasm)',
    'unknown function',
  ]);
  expect(file.profiles).toEqual([
    {
      type: 'sampled',
      name: 'https://example.org/ (self time)',
      unit: 'microseconds',
      startValue: 0,
      endValue: 5000,
      samples: [[0], [0, 1]],
      weights: [3000, 2000],
    },
    {
      type: 'sampled',
      name: 'https://example.org/ (calls)',
      unit: 'none',
      startValue: 0,
      endValue: 40,
      samples: [[0], [0, 1]],
      weights: [10, 30],
    },
  ]);
});

test('each realm with crossings has profiles of its own', async () => {
  const other = recordingOf({ ...PLAIN, info: { kind: 'frame', name: 'inner' } }).map(
    (segment) => ({ ...segment, realm: 'r1' }),
  );
  const silent = recordingOf({ ...PLAIN, seconds: [[]] }).map((segment) => ({
    ...segment,
    realm: 'r2',
  }));
  const { profiles } = await fileOf(sourceOf([...recordingOf(PLAIN), ...other, ...silent]));
  expect(profiles.map(({ name }) => name)).toEqual([
    'https://example.org/ (self time)',
    'inner (self time)',
    'https://example.org/ (calls)',
    'inner (calls)',
  ]);
  expect(profiles[3]?.samples).toEqual([[2], [2, 3]]);
});

test('a session without crossings is a valid file', async () => {
  const { profiles } = await fileOf(sourceOf([]));
  expect(profiles.map(({ name, samples }) => [name, samples])).toEqual([
    ['no crossings (self time)', []],
    ['no crossings (calls)', []],
  ]);
});

test('samples and weights go together and refer to frames there are', async () => {
  const { profiles, shared } = await fileOf(sourceOf([...syntheticSegments(SMALL)]));
  for (const { samples, weights, endValue } of profiles) {
    expect(samples.length).toBe(weights.length);
    expect(endValue).toBeCloseTo(weights.reduce((sum, weight) => sum + weight, 0));
    expect(Math.max(...samples.flat())).toBeLessThan(shared.frames.length);
  }
});

test('any recording makes a valid file', async () => {
  await fc.assert(
    fc.asyncProperty(anyRecording, async (recording) => {
      const { profiles, shared } = await fileOf(sourceOf(recording));
      for (const frame of profiles.flatMap(({ samples }) => samples.flat()))
        expect(shared.frames[frame]).toBeDefined();
    }),
    { numRuns: 60 },
  );
});
