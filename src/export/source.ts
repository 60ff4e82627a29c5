import { createFold } from '../session/fold.ts';
import type { Session, SessionInfo } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';

/** A session to export; its segments may be read more than once. */
export interface ExportSource {
  info: SessionInfo;
  segments(): AsyncIterable<Segment>;
}

/** Told how much is done, 0 to 1. */
export type OnProgress = (done: number) => void;

/** The source's segments, telling of progress. */
export async function* watched(source: ExportSource, onProgress?: OnProgress): AsyncGenerator<Segment> {
  let read = 0;
  for await (const segment of source.segments()) {
    yield segment;
    onProgress?.(Math.min(++read / Math.max(source.info.segments, 1), 1));
  }
}

/** The session with its crossings only: what folded stacks need, whatever else was recorded. */
export async function foldCrossings(source: ExportSource, onProgress?: OnProgress): Promise<Session> {
  const fold = createFold({ ...source.info, state: 'complete' });
  for await (const segment of watched(source, onProgress)) {
    const { realm, seq, from, to, info, modules, functions, nodes, crossings } = segment;
    fold.add({
      realm, seq, from, to,
      ...(info && { info }), ...(modules && { modules }), ...(functions && { functions }),
      ...(nodes && { nodes }), ...(crossings && { crossings }),
    });
  }
  return fold.session();
}
