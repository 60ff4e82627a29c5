import { writeSession } from '../session/file.ts';
import { createRedactor } from '../session/redact.ts';
import type { Segment } from '../session/segment.ts';
import type { ExportSource, OnProgress } from './source.ts';
import { onlyPass, watched } from './source.ts';

/** The session file itself: importing it gives the same session. */
export const writeJson = (source: ExportSource, onProgress?: OnProgress): AsyncGenerator<string> =>
  writeSession(source.info, watched(source, onlyPass(onProgress)));

/** The same without URLs and names, for showing to strangers: a copy, with an id of its own. */
export function writeRedactedJson(
  source: ExportSource,
  onProgress?: OnProgress,
): AsyncGenerator<string> {
  const redactor = createRedactor();
  async function* segments(): AsyncGenerator<Segment> {
    for await (const segment of watched(source, onlyPass(onProgress)))
      yield redactor.segment(segment);
  }
  return writeSession(redactor.info(source.info), segments());
}
