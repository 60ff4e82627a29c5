import type { Session } from '../session/model.ts';
import { shortUrl } from './shortUrl.ts';

const KINDS = {
  page: 'Page',
  frame: 'Frame',
  worker: 'Worker',
  sharedworker: 'Shared worker',
  serviceworker: 'Service worker',
} as const;

/** A worker's URL may contain its whole script. */
const scriptName = (url: string): string =>
  /^[a-z]+:\/\//i.test(url) ? shortUrl(url) : url.slice(0, 40);

/**
 * The names of all realms in lists, numbered if they are alike: `Worker pthread-3`,
 * `Frame editor.html 2`.
 */
export function realmNames({ realms }: Session): string[] {
  const names = realms.map(({ kind, name, url }) =>
    `${KINDS[kind]} ${name || scriptName(url)}`.trim(),
  );
  const total = new Map<string, number>();
  for (const name of names) total.set(name, (total.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return names.map((name) => {
    if (total.get(name) === 1) return name;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name} ${number}`;
  });
}
