import type { Session } from '../session/model.ts';

/**
 * The page that a session recorded, without the origin if that is this machine, as local servers
 * change their ports.
 */
export function pageOf({ info }: Pick<Session, 'info'>): string {
  if (!URL.canParse(info.page)) return info.page;
  const { hostname, pathname } = new URL(info.page);
  return /^127\.|^localhost$/.test(hostname) ? pathname : info.page;
}
