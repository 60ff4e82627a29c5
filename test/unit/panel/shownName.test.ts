import { expect, test } from 'vitest';
import { shownName } from '../../../panel/state/shownName.ts';
import { recordingOf, sessionFrom } from '../sessionBuilder.ts';

const shown = (functions: string[]): string[] => {
  const session = sessionFrom(recordingOf({ functions, nodes: [], seconds: [[]] }));
  return functions.map((_, fn) => shownName(session, fn));
};

test('an import of wasm-bindgen is shown without its hash, unless two would get the same name', () => {
  expect(shown(['__wbg_now_e7c6795a7f81e10f', 'run'])).toEqual(['__wbg_now', 'run']);
  const two = ['__wbg_new_e7c6795a7f81e10f', '__wbg_new_17c6795a7f81e10f'];
  expect(shown(two)).toEqual(two);
});
