import { readFileSync } from 'node:fs';
import { readSession } from '../../src/session/file.ts';
import { createFold } from '../../src/session/fold.ts';
import type { Session } from '../../src/session/model.ts';

async function* textOf(path: string): AsyncGenerator<string> {
  yield readFileSync(path, 'utf8');
}

/** The session in an exported file. */
export async function readFile(path: string): Promise<Session> {
  const { info, segments } = await readSession(textOf(path));
  const fold = createFold(info);
  for await (const segment of segments) fold.add(segment);
  return fold.session();
}
