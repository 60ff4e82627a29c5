import type { Session } from '../session/model.ts';
import { pageRequests } from './pageRequests.ts';

/** What connections the requests that crossed the network used, as numbers of requests. */
export interface ConnectionUse {
  opened: number;
  reused: number;
  /** The browser does not say. */
  unknown: number;
}

export function connectionUse(session: Session): ConnectionUse {
  const use: ConnectionUse = { opened: 0, reused: 0, unknown: 0 };
  for (const { cache, connectionReused } of pageRequests(session)) {
    if (cache === 'cache') continue;
    if (connectionReused === null) use.unknown++;
    else if (connectionReused) use.reused++;
    else use.opened++;
  }
  return use;
}
