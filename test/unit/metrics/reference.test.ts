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
    expect(JSON.parse(io.results.join('\n'))).toMatchObject(renamed(json) as object);
  });
});
