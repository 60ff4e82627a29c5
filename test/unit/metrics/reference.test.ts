import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { reference, referenceFolder } from '../../fixtures/reference/reference.ts';
import { renamed } from '../../fixtures/reference/renamed.ts';
import { fakeIo } from '../cli/fakeIo.ts';

const folder = referenceFolder();
afterAll(() => rmSync(folder, { recursive: true }));

describe('the same sessions give the same figures as before', () => {
  it.each(Object.entries(reference.results))('in %s', async (_, { args, code, json }) => {
    const io = fakeIo(folder);
    expect((await main(args, io)).code).toBe(code);
    expect(sorted(JSON.parse(io.results.join('\n')))).toMatchObject(
      sorted(renamed(json)) as object,
    );
  });
});

/** Metrics in the order of their ids. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'metrics' && Array.isArray(each) ? each.toSorted(byId) : sorted(each),
    ]),
  );
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
