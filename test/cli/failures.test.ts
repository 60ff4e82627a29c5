import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPages } from './pages.ts';
import type { CliOptions } from './runCli.ts';
import { newFolder, processesWith, runCli } from './runCli.ts';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages?.close());

/** Expects code 2 and one clear sentence, and no browser, file or folder left behind. */
async function fails(
  args: readonly string[],
  message: string | RegExp,
  options: CliOptions = {},
): Promise<void> {
  const folder = newFolder();
  const made = join(folder, 'sessions', 'today');
  const mark = `--wasmscope-test=${folder}`;
  const { code, stdout, stderr } = await runCli(
    ['record', '--out', made, `--browser-flag=${mark}`, ...args],
    options,
  );
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toMatch(/ at .*:\d+:\d+/);
  expect(readdirSync(folder)).toEqual([]);
  expect(processesWith(mark)).toEqual([]);
}

describe('a recording that fails says why', () => {
  test('a page without a server', () =>
    fails(
      ['http://127.0.0.1:49151/'],
      /could not be opened .* Check the address, and that its server is running/,
    ));

  test('a port that Chromium keeps for other services', () =>
    fails(['http://127.0.0.1:9/'], /Chromium opens no pages on port 9/));

  test('an address that answers with an error', () =>
    fails([`${pages.url}nowhere`], /nowhere answered 404/));

  test('a folder that the system refuses to make', () =>
    fails(
      [`${pages.url}empty`, '--out', '/proc/wasmscope/sessions'],
      /\/proc\/wasmscope\/.* could not be written/,
    ));

  test('a page that never finishes loading', () =>
    fails([`${pages.url}never`, '--timeout', '1'], /did not finish loading within 1 s/));

  test('a mark that never comes', () =>
    fails(
      [`${pages.url}empty`, '--until-mark', 'ready', '--timeout', '1'],
      /the mark “ready” did not appear within 1 s/,
    ));

  test('a mark that never comes because a request failed', () =>
    fails(
      [`${pages.url}broken`, '--until-mark', 'ready', '--timeout', '1'],
      /did not appear within 1 s\. .*gone\.js answered 404\.\n$/,
    ));

  test('a browser that does not exist', () =>
    fails(
      [`${pages.url}empty`, '--browser', '/no/chromium'],
      /\/no\/chromium, but there is no such file/,
    ));

  test('a browser that does not start', () =>
    fails([`${pages.url}empty`, '--browser', '/bin/false'], /\/bin\/false did not start/));

  test('a selector that is not valid', () =>
    fails([`${pages.url}empty`, '--until-selector', '##'], /## is not a valid CSS selector/));

  test('a scenario that does not exist', () =>
    fails([`${pages.url}empty`, '--scenario', 'none.mjs'], /none\.mjs does not exist/));

  test('a scenario that fails', async () => {
    const file = join(newFolder(), 'scenario.mjs');
    writeFileSync(file, `export async function run() { throw new Error('no such button'); }`);
    await fails([`${pages.url}empty`, '--scenario', file], /scenario\.mjs failed: no such button/);
  });

  test('a browser that dies during the recording', async () => {
    const file = join(newFolder(), 'scenario.mjs');
    writeFileSync(
      file,
      `export async function run(page) { page.browser().process().kill('SIGKILL'); await new Promise(() => {}); }`,
    );
    await fails([`${pages.url}empty`, '--scenario', file], /browser crashed or was closed/);
  });

  test('a page that crashes', async () => {
    const file = join(newFolder(), 'scenario.mjs');
    writeFileSync(
      file,
      `export async function run(page) { page.goto('chrome://crash').catch(() => {}); await new Promise(() => {}); }`,
    );
    await fails([`${pages.url}empty`, '--scenario', file, '--timeout', '20'], /page crashed/);
  });

  test('Ctrl-C', () =>
    fails([`${pages.url}empty`, '--duration', '60'], /Stopped\. No file was written for this run/, {
      when: ['Recording', (pid) => process.kill(pid, 'SIGINT')],
    }));
});

test('a place that cannot be written to is named, with what to do', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  const result = await runCli(['record', `${pages.url}empty`, '--out', join(folder, 'file/below')]);
  expect(result).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('There is a file where a folder is needed'),
  });
});

test.each([
  [['record'], 'Which page?'],
  [['record', 'no-such-file.html'], 'neither a URL nor an existing file'],
  [
    ['record', 'http://a.example/', '--runs', 'many'],
    '--runs must be a whole number of at least 1, but is “many”',
  ],
  [
    ['record', 'http://a.example/', '--network', '6g'],
    '--network must be one of slow-3g, fast-3g, slow-4g, fast-4g, but is “6g”',
  ],
  [
    ['record', 'http://a.example/', '--runz'],
    'There is no option --runz (did you mean "--runs"?).',
  ],
  [['recrod'], 'There is no command recrod (did you mean "record"?).'],
  [
    ['record', 'http://a.example/', '--until-mark', 'a', '--duration', '1'],
    'A recording ends in one way',
  ],
  [
    ['record', 'http://a.example/', '--duration', '-1'],
    '--duration must be a number of at least 0',
  ],
  [['record', 'http://a.example/', '--out'], '--out needs a value'],
  [['record', '--serve', 'examples', 'http://a.example/'], 'is a URL, but a folder is served'],
  [['inspect', 'no-such-session.json'], 'no-such-session.json does not exist'],
  [['inspect', 'package.json'], 'package.json: This JSON is not a Wasmscope session'],
  [['polish'], 'There is no command polish'],
])('%j is refused with a message', async (args, message) => {
  const { code, stdout, stderr } = await runCli(args);
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
