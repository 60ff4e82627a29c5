import { expect, test } from 'vitest';
import { createUnstoredChunks } from '../../../src/extension/unstoredChunks.ts';

test('chunks are kept in order until they are removed', () => {
  const unstored = createUnstoredChunks();
  const first = unstored.add('a');
  const second = unstored.add('b');
  unstored.add('c');
  unstored.remove(second);
  expect([...unstored.all()].map(([, chunk]) => chunk)).toEqual(['a', 'c']);
  unstored.remove(first);
  expect([...unstored.all()].map(([, chunk]) => chunk)).toEqual(['c']);
});

test('there is nothing left once all are removed', () => {
  const unstored = createUnstoredChunks();
  const key = unstored.add('a');
  expect(unstored.isEmpty()).toBe(false);
  unstored.remove(key);
  expect(unstored.isEmpty()).toBe(true);
});

test('the oldest are dropped when there is too much text', () => {
  const unstored = createUnstoredChunks(5);
  for (const chunk of ['aa', 'bb', 'cc', 'd']) unstored.add(chunk);
  expect([...unstored.all()].map(([, chunk]) => chunk)).toEqual(['bb', 'cc', 'd']);
});

test('removing a chunk that was dropped makes no room', () => {
  const unstored = createUnstoredChunks(4);
  const dropped = unstored.add('aaaa');
  unstored.add('bbbb');
  unstored.remove(dropped);
  unstored.add('cc');
  expect([...unstored.all()].map(([, chunk]) => chunk)).toEqual(['cc']);
});
