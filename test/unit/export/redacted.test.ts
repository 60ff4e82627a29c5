import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { EXPORTS } from '../../../src/export/exports.ts';
import { readSession } from '../../../src/session/file.ts';
import { createFold } from '../../../src/session/fold.ts';
import type { Session } from '../../../src/session/model.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

const info = syntheticInfo();
const segments = [...syntheticSegments(SMALL)];
const source = {
  info,
  async *segments(): AsyncGenerator<Segment> {
    yield* segments;
  },
};

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function folded(all: Iterable<Segment>): Session {
  const fold = createFold({ ...info, state: 'complete' });
  for (const segment of all) fold.add(segment);
  return fold.session();
}

test('the export without URLs and names has none of them left, and the same figures', async () => {
  const original = JSON.stringify(segments);
  const format = EXPORTS.find(({ id }) => id === 'json-redacted');
  const text = await new Response(format?.write(source)).text();
  const session = folded(segments);
  const hidden = [
    ...session.requests.map(({ url }) => url),
    ...session.modules.flatMap(({ url, name }) => [url, name]),
    ...session.functions.map(({ name }) => name),
    ...session.realms.map(({ url }) => url),
    info.page,
  ].filter((name): name is string => typeof name === 'string' && name.length > 3);
  expect(hidden.length).toBeGreaterThan(10);
  for (const name of new Set(hidden)) expect(text, name).not.toContain(JSON.stringify(name));

  const file = await readSession(once(text));
  const copy: Segment[] = [];
  for await (const segment of file.segments) copy.push(segment);
  expect(file.info.id).not.toBe(info.id);
  const calls = (of: Session): number[] => crossingTable(of).map((row) => row.calls);
  expect(calls(folded(copy))).toEqual(calls(session));
  expect(JSON.stringify(segments)).toBe(original);
});
