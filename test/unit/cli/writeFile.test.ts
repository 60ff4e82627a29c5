import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainDiskError, writeFile } from '../../../src/cli/writeFile.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'wasmscope-write-'));

test('a file is written whole, in a folder made for it', async () => {
  const path = join(folder(), 'new/a.txt');
  await writeFile(path, ['one ', 'two']);
  expect(readFileSync(path, 'utf8')).toBe('one two');
});

test('a file that cannot be written leaves nothing behind', async () => {
  const place = folder();
  async function* failing(): AsyncGenerator<string> {
    yield 'one ';
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  }
  await expect(writeFile(join(place, 'a.txt'), failing())).rejects.toThrow(
    'The disk is full: free some space, or choose another place.',
  );
  expect(readdirSync(place)).toEqual([]);
});

test('an error that does not come from the disk is passed on', async () => {
  await expect(
    explainDiskError('a.txt', () => Promise.reject(new TypeError('of another kind'))),
  ).rejects.toThrow('of another kind');
});

test('a folder that the system refuses to make is an error, not an endless wait', async () => {
  await expect(writeFile('/proc/wasmscope/a.txt', ['one'])).rejects.toThrow(
    '/proc/wasmscope/a.txt could not be written',
  );
});

test('folders made for a file that cannot be written are removed', async () => {
  const place = folder();
  const failing = function* (): Generator<string> {
    yield* [];
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  await expect(writeFile(join(place, 'new/deep/a.txt'), failing())).rejects.toThrow();
  expect(readdirSync(place)).toEqual([]);
});

test('a device is written to, not replaced', async () => {
  await writeFile('/dev/null', ['one']);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});
