import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { fakeIo } from './fakeIo.ts';

test('a configuration that sets no budget ends with code 2 and says what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasmscope-check-'));
  writeFileSync(
    join(folder, 'wasmscope.config.json'),
    JSON.stringify({ budgets: { 'module size': null } }),
  );
  const io = fakeIo(folder);
  expect((await main(['check', 'recorded.wasmscope.json'], io)).code).toBe(2);
  expect(io.messages.join('\n')).toContain(
    'No budget is set, so there is nothing to check. Add one',
  );
  expect(io.results).toEqual([]);
});
