import { writeSession } from '../session/file.ts';
import { onlyPass, watched } from './source.ts';
import type { ExportSource, OnProgress } from './source.ts';

/** The session file itself: importing it gives the same session. */
export const writeJson = (source: ExportSource, onProgress?: OnProgress): AsyncGenerator<string> =>
  writeSession(source.info, watched(source, onlyPass(onProgress)));
