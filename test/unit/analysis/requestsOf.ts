import type { RequestRow } from '../../../src/protocol/rows.ts';
import type { Request, Session } from '../../../src/session/model.ts';
import { requestRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

/** A session with these requests. */
export const sessionOf = (...rows: Partial<RequestRow>[]): Session =>
  sessionFrom(segmentsOf([{ requests: rows.map((row, id) => requestRow({ id, ...row })) }]));

/** A request in a session, as this row describes it. */
export function requestOf(change: Partial<RequestRow>): Request {
  const [request] = sessionOf(change).requests;
  if (!request) throw new Error('The session has no request.');
  return request;
}
