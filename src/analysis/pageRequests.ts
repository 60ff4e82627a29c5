import type { Request, Session } from '../session/model.ts';

/**
 * The requests that the page made. The browser fetches an icon for each profile whenever it sees
 * fit: that request is left out, as it would differ between recordings of one page.
 */
export const pageRequests = ({ requests }: Session): Request[] =>
  requests.filter(
    ({ initiator, url }) => initiator !== 'other' || !/^https?:\/\/[^/]+\/favicon\.ico$/.test(url),
  );
