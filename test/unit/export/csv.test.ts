import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import type { Cell } from '../../../src/export/csv.ts';
import { csvCell, csvLine } from '../../../src/export/csv.ts';
import type { ExportSource } from '../../../src/export/exports.ts';
import { callSums } from '../../../src/session/model.ts';
import { anyRecording } from '../../fixtures/anySegment.ts';
import { SMALL, syntheticSegments } from '../../fixtures/synthetic.ts';
import { nodeColumns, recordingOf, segmentsOf, sessionFrom } from '../sessionBuilder.ts';
import { bytesOf, sourceOf } from './readExport.ts';

// Read back by csv-parse and fflate, which share nothing with what wrote them.

type Rows = Record<string, string>[];

async function tablesOf(source: ExportSource): Promise<Record<string, Rows>> {
  const files = unzipSync(await bytesOf('csv', source));
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return [
        name.replace(/\.csv$/, ''),
        parse(text, { columns: true, record_delimiter: '\r\n' }) as Rows,
      ];
    }),
  );
}

const synthetic = [...syntheticSegments(SMALL)];

test('cells of any text come back as they were, but for a quote before what a spreadsheet would run', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 3 }), {
        minLength: 1,
      }),
      (rows) => {
        const text = rows.map(csvLine).join('');
        const read = parse(text, {
          record_delimiter: '\r\n',
          relax_column_count: true,
        }) as string[][];
        expect(read).toEqual(
          rows.map((row) =>
            row.map((cell) => (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell)),
          ),
        );
      },
    ),
  );
});

test.each<[Cell, string]>([
  ['=1+1', "'=1+1"],
  ['+x', "'+x"],
  ['-x', "'-x"],
  ['@x', "'@x"],
  ['＝x', "'＝x"],
  ['a=1', 'a=1'],
  [-1.5, '-1.5'],
  ['-1.5', "'-1.5"],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['=a"b', `"'=a""b"`],
  ['a\nb', '"a\nb"'],
  [null, ''],
  [true, 'true'],
  [1e21, '1e+21'],
])('%j is written as %s', (value, written) => {
  expect(csvCell(value)).toBe(written);
});

test('each table is a file with a header, whatever it holds', async () => {
  const files = unzipSync(await bytesOf('csv', sourceOf([])));
  expect(Object.keys(files)).toEqual(
    [
      'realms',
      'modules',
      'sections',
      'function-bodies',
      'memories',
      'growths',
      'crossings',
      'crossing-tree',
      'crossing-intervals',
      'requests',
      'spans',
      'series',
      'unmeasured',
      'dropped',
      'validity',
    ].map((name) => `${name}.csv`),
  );
  const { 'validity.csv': validity, ...rows } = files;
  expect(new TextDecoder().decode(validity)).toMatch(/^what,value\r\n/);
  for (const bytes of Object.values(rows))
    expect(new TextDecoder().decode(bytes)).toMatch(/^[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)+\r\n$/);
});

test('the tables have the session’s rows and figures', async () => {
  const tables = await tablesOf(sourceOf(synthetic));
  const session = sessionFrom(synthetic);
  const lengths = Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, rows.length]),
  );
  expect(lengths).toMatchObject({
    realms: 1,
    modules: 3,
    memories: 2,
    growths: session.growths.length,
    crossings: session.functions.length,
    'crossing-tree': session.nodes.length,
    'crossing-intervals': session.intervals.reduce((sum, { node }) => sum + node.length, 0),
    requests: session.requests.length,
    spans: session.spans.length,
    series: session.series.reduce((sum, { time: at }) => sum + at.length, 0),
    unmeasured: 1,
  });
  crossingTable(session).forEach(({ calls, self, total }, fn) => {
    const row = tables.crossings?.[fn];
    expect(row?.name).toBe(session.functions[fn]?.name);
    expect([row?.calls, row?.self_ms, row?.total_ms].map(Number)).toEqual(
      [calls, self.value, total.value].map((value) => expect.closeTo(value, 6)),
    );
    expect(Number(row?.self_standard_error_ms)).toBeCloseTo(self.error, 6);
  });
  expect(tables.requests?.[5]).toMatchObject({
    url: session.requests[5]?.url,
    transfer_bytes: String(session.requests[5]?.transferSize),
  });
});

test('the tables say under what conditions the figures were taken', async () => {
  const hidden = synthetic.map((segment, at) =>
    at === 3
      ? {
          ...segment,
          spans: [
            {
              kind: 'visibility' as const,
              name: 'hidden',
              start: 3100,
              duration: 250,
              value: null,
              detail: '',
            },
          ],
        }
      : segment,
  );
  const facts = Object.fromEntries(
    ((await tablesOf(sourceOf(hidden))).validity ?? []).map(({ what, value }) => [what, value]),
  );
  expect(facts).toMatchObject({
    browser: 'Chromium 156',
    devtools: 'closed',
    wasm_tier: 'optimised',
    clock_resolution_ms: '0.1',
    hidden_ms: '250',
    setting_keepQuery: 'false',
  });
  expect(facts.warning).toContain('hidden for 0.3 s');
});

test('times of a second realm count from the session’s origin in every table', async () => {
  const late = segmentsOf(
    [
      {
        info: {
          ...(synthetic[0]?.info as NonNullable<(typeof synthetic)[0]['info']>),
          kind: 'frame',
          timeOrigin: Number(synthetic[0]?.info?.timeOrigin) + 5000,
        },
        nodes: nodeColumns([{ parent: 0, function: 0 }]),
        spans: [{ kind: 'mark', name: 'here', start: 7, duration: 0, value: null, detail: '' }],
        series: [{ name: 'jsHeap', time: [8], value: [9] }],
        crossings: { ...callSums(() => [0]), node: [1], calls: [3] },
      },
    ],
    'late',
  );
  const tables = await tablesOf(sourceOf([...synthetic, ...late]));
  expect(tables.realms?.[1]).toMatchObject({ kind: 'frame', offset_ms: '5000' });
  expect(tables.spans?.at(-1)).toMatchObject({ realm: '1', name: 'here', start_ms: '5007' });
  expect(tables.series?.at(-1)).toEqual({
    realm: '1',
    name: 'jsHeap',
    unit: 'bytes',
    time_ms: '5008',
    value: '9',
  });
  const node = tables['crossing-intervals']?.at(-1);
  expect(node).toMatchObject({ realm: '1', from_ms: '5000', calls: '3' });
  expect(tables['crossing-tree']?.[Number(node?.node)]).toMatchObject({ realm: '1', calls: '3' });
});

test('names that would be formulas or break lines are harmless, wherever they come from', async () => {
  const evil = '=cmd|"/c calc"!A1\r\n,x';
  const tables = await tablesOf(
    sourceOf(
      recordingOf({
        functions: [evil],
        nodes: [{ parent: 0, function: 0 }],
        seconds: [[[1, 1, 1]]],
      }),
    ),
  );
  expect(tables.crossings).toMatchObject([{ name: `'${evil}`, calls: '1' }]);
});

test('what any recording holds, out of order or in part, is the same in the tables as in the session', async () => {
  await fc.assert(
    fc.asyncProperty(anyRecording, async (recording) => {
      const session = sessionFrom(recording);
      const tables = await tablesOf(sourceOf(recording));
      expect(tables.spans?.length).toBe(session.spans.length);
      expect(
        tables['crossing-intervals']?.map(({ node, calls }) => [node, calls].map(Number)).sort(),
      ).toEqual(
        session.intervals
          .flatMap(({ node, calls }) => [...node].map((at, index) => [at, calls[index] as number]))
          .sort(),
      );
      expect(tables.crossings?.map(({ calls }) => Number(calls))).toEqual(
        crossingTable(session).map(({ calls }) => calls),
      );
    }),
    { numRuns: 60 },
  );
});
