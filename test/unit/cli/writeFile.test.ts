import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { told, writeFile } from '../../../src/cli/writeFile.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'wasmscope-write-'));

test('a file appears whole, in a folder that is made for it', async () => {
  const path = join(folder(), 'new/a.txt');
  await writeFile(path, ['one ', 'two']);
  expect(readFileSync(path, 'utf8')).toBe('one two');
});

test('a file whose writing fails is not there at all', async () => {
  const place = folder();
  async function* failing(): AsyncGenerator<string> {
    yield 'one ';
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  }
  await expect(writeFile(join(place, 'a.txt'), failing())).rejects.toThrow(
    'The disk is full: free some space.',
  );
  expect(readdirSync(place)).toEqual([]);
});

test('an error that is not about the disk stays what it is', async () => {
  await expect(
    told('a.txt', () => Promise.reject(new TypeError('of another kind'))),
  ).rejects.toThrow('of another kind');
});
