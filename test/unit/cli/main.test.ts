import { expect, test } from 'vitest';
import { version } from '../../../package.json';
import { main } from '../../../src/cli/main.ts';
import { fakeIo } from './fakeIo.ts';

const COMMANDS = ['record', 'ab', 'compare', 'check', 'report', 'inspect', 'export'];

test('without a command, commands and exit codes are listed', async () => {
  const io = fakeIo();
  expect((await main([], io)).code).toBe(0);
  const help = io.results.join('\n');
  for (const name of COMMANDS) expect(help).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
  expect(help).toContain('Exit codes:\n  0  passed');
  expect(io.messages).toEqual([]);
});

test.each(COMMANDS)('%s --help says how the command is called', async (name) => {
  const io = fakeIo();
  expect((await main([name, '--help'], io)).code).toBe(0);
  expect(io.results.join('\n')).toMatch(
    new RegExp(`^wasmscope ${name}: .{15,}\n  wasmscope ${name} `, 's'),
  );
});

test.each(COMMANDS)('%s --help lists every option with a description', async (name) => {
  const io = fakeIo();
  await main([name, '--help'], io);
  expect(io.results.join('\n')).toMatch(/^ {2}--json +Print the result as one JSON object/m);
});

test.each(COMMANDS)('%s --help fits into 100 columns', async (name) => {
  const io = fakeIo();
  await main([name, '--help'], io);
  const lines = io.results.join('\n').split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});

test('--version prints the version', async () => {
  const io = fakeIo();
  await main(['--version'], io);
  expect(io.results).toEqual([version]);
});

test('a wrong call ends with 2, the reason, and where help is', async () => {
  const io = fakeIo();
  expect((await main(['export', 'a.json', '--format', 'pdf'], io)).code).toBe(2);
  expect(io.messages).toEqual([
    expect.stringContaining('--format is “pdf”, but must be one or more of json'),
    'Run wasmscope export --help to see how it is used.',
  ]);
  expect(io.results).toEqual([]);
});
