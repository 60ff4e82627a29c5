import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openPages } from './pages.ts';
import { newFolder, runCli } from './runCli.ts';

const folder = newFolder();
beforeAll(async () => {
  const pages = await openPages();
  await runCli(
    ['record', `${pages.url}workers`, '--until-mark', 'all done', '--out', 's.wasmscope.json'],
    { cwd: folder },
  );
  await pages.close();
});

/** Checks the recording against these budgets. */
async function check(config: unknown, ...options: string[]) {
  writeFileSync(
    join(folder, 'wasmscope.config.json'),
    typeof config === 'string' ? config : JSON.stringify(config),
  );
  return runCli(['check', 's.wasmscope.json', ...options], { cwd: folder });
}

test('budgets that pass end with code 0 and a score', async () => {
  const { code, stdout } = await check({
    budgets: { 'calls of env.nothing': 1000, 'module size': '1 kB' },
  });
  expect(code).toBe(0);
  expect(stdout).toContain('✓ calls of env.nothing  1,000, at most 1,000');
  expect(stdout).toContain('score 100 of 100');
});

describe('one call too many ends with code 1', () => {
  const budgets = { 'calls of env.nothing': 999 };

  test('and a mark in the text', async () => {
    const { code, stdout } = await check({ budgets });
    expect(code).toBe(1);
    expect(stdout).toContain('✗ calls of env.nothing  1,000, at most 999');
    expect(stdout).toContain('score 50 of 100');
  });

  test('and a failed budget in JSON', async () => {
    const { code, stdout } = await check({ budgets }, '--json');
    expect(code).toBe(1);
    const { pages } = JSON.parse(stdout);
    expect(pages).toMatchObject([{ page: '/workers', scores: [{ score: 50 }] }]);
    expect(pages[0].results).toMatchObject([
      { outcome: 'passed' },
      { outcome: 'failed', value: 1000 },
    ]);
  });

  test('and an error for GitHub', async () => {
    const { code, stderr } = await check({ budgets }, '--github');
    expect(code).toBe(1);
    expect(stderr).toContain('::error title=/workers%3A calls of env.nothing::');
  });

  test('and a failure in JUnit XML', async () => {
    expect((await check({ budgets }, '--junit', 'junit.xml')).code).toBe(1);
    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain(
      'tests="2" failures="1" errors="0"',
    );
  });
});

test('a figure that is not in the recording ends with code 2', async () => {
  expect(await check({ budgets: { 'measure parse': '10 ms' } })).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('? measure parse'),
  });
});

test('without a configuration, the default budget is checked and named', async () => {
  const { code, stderr } = await runCli(['check', join(folder, 's.wasmscope.json')], {
    cwd: newFolder(),
  });
  expect(code).toBe(0);
  expect(stderr).toMatch(/There is no wasmscope\.config\.json here.*: module size at most 5 MB/);
});

test.each([
  [
    { budgets: { 'modul size': 1 } },
    'wasmscope.config.json: budgets["modul size"] is unknown (did you mean "module size"?)',
  ],
  [{ budget: {} }, 'wasmscope.config.json: budget is unknown (did you mean "budgets"?)'],
  [
    { budgets: { 'load time': 'fast' } },
    'wasmscope.config.json: budgets["load time"] is "fast". Expected a time such as "800 ms".',
  ],
  [{ budgets: { crossings: { increase: 0 } } }, 'there is no baseline'],
  ['{ "budgets": ', 'wasmscope.config.json: '],
])('the configuration %j is refused with the name of the key', async (config, message) => {
  expect(await check(config)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});
