import type { SessionInfo } from '../../src/session/model.ts';

type Named = Pick<SessionInfo, 'name' | 'page'>;

/**
 * A page's host and the end of its path, which distinguishes it from others on that host; '' where
 * it has none.
 */
export function pagePlace(page: string): { host: string; end: string } {
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)/i.exec(page) ?? [];
  const parts = path.split('/').filter(Boolean);
  const end = parts.length > 1 ? `/…/${parts.at(-1)}` : parts.map((part) => `/${part}`).join('');
  return { host, end };
}

/** A session's name, or its page where it has none, e.g. `sql.example/…/demo`. */
export function sessionTitle({ name, page }: Named): string {
  const { host, end } = pagePlace(page);
  return name || host + end || page || 'Session';
}
