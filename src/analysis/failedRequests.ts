import type { Request, Session } from '../session/model.ts';
import { pageRequests } from './pageRequests.ts';

/** Requests that ended with a network error, or with a status of 400 or more. */
export const failedRequests = (session: Session): Request[] =>
  pageRequests(session).filter(
    ({ error, status }) => error !== null || (status !== null && status >= 400),
  );
