import { getterOf, SafeWeakMap } from '../page/natives.ts';
import { contentTypeOf, urlOf } from './nativeResponse.ts';
import type { PendingRequests } from './pendingRequests.ts';
import type { ResponseRecord } from './responseRecord.ts';

// Saved before the page replaces them.
const statusOf = getterOf(Response, 'status');
const redirectedOf = getterOf(Response, 'redirected');

export interface ResponseRecords {
  /**
   * Returns the record of a Response, matching it with its request on first use. Null if the
   * Response belongs to no request.
   * @param time when the page uses it, ms; null if the agent does
   */
  recordOf(response: Response, time: number | null): ResponseRecord | null;
  /** Excludes a Response that belongs to no request, such as a clone. */
  ignore(response: Response): void;
}

export function createResponseRecords(requests: PendingRequests): ResponseRecords {
  /** Null: a Response that belongs to no request. */
  const records = new SafeWeakMap<Response, ResponseRecord | null>();

  function create(response: Response, firstUse: number | null): ResponseRecord | null {
    const url = urlOf(response);
    // Made by the page, opaque, or an error: its request cannot be determined.
    if (url === '') return null;
    return {
      row: null,
      firstUse,
      status: statusOf(response),
      stream: null,
      contentType: contentTypeOf(response),
    };
  }

  return {
    recordOf(response, time) {
      const existing = records.get(response);
      if (existing !== undefined) return existing;
      const record = create(response, time);
      records.set(response, record);
      if (!record) return null;
      const request = requests.match(urlOf(response), redirectedOf(response));
      if (request) requests.resolve(request, record);
      return record;
    },
    ignore(response) {
      records.set(response, null);
    },
  };
}
