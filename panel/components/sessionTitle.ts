import type { SessionInfo } from '../../src/session/model.ts';

type Named = Pick<SessionInfo, 'name' | 'page'>;

/** Where a page is: its host, and of its path what tells it from others on that host; '' for what there is none of. */
export function pagePlace(page: string): { host: string; end: string } {
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)/i.exec(page) ?? [];
  const parts = path.split('/').filter(Boolean);
  const end = parts.length > 1 ? `/…/${parts.at(-1)}` : parts.map((part) => `/${part}`).join('');
  return { host, end };
}

/** What a session is called where its name alone must do: `sql.example/…/demo` where it has none. */
export function sessionTitle({ name, page }: Named): string {
  const { host, end } = pagePlace(page);
  return name || host + end || page || 'Session';
}
