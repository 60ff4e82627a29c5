import { expect, test } from 'vitest';
import { version } from '../../../package.json';
import { main } from '../../../src/cli/main.ts';
import { fakeIo } from './fakeIo.ts';

const COMMANDS = ['record', 'ab', 'compare', 'check', 'report', 'inspect', 'export'];

test('lists its commands and exit codes where it is asked nothing', async () => {
  const io = fakeIo();
  expect(await main([], io)).toBe(0);
  for (const name of [...COMMANDS, 'Exit codes: 0 holds']) expect(io.result.join()).toContain(name);
  expect(io.told).toEqual([]);
});

test.each(COMMANDS)('%s says how it is used', async (name) => {
  const io = fakeIo();
  expect(await main([name, '--help'], io)).toBe(0);
  expect(io.result.join('\n')).toMatch(
    new RegExp(`^wasmscope ${name}: .{20,}wasmscope ${name} `, 's'),
  );
});

test('says its version', async () => {
  const io = fakeIo();
  await main(['--version'], io);
  expect(io.result).toEqual([version]);
});

test('a wrong call ends with 2, the reason and where help is', async () => {
  const io = fakeIo();
  expect(await main(['export', 'a.json', '--format', 'pdf'], io)).toBe(2);
  expect(io.told).toEqual([
    expect.stringContaining('--format is pdf; json'),
    'wasmscope export --help says how it is used.',
  ]);
  expect(io.result).toEqual([]);
});
