const LONGEST = 2048;

/**
 * Removes credentials and, unless `keepQuery`, query and fragment from a URL. `data:` URLs are cut
 * to their type.
 */
export function cleanUrl(url: string, keepQuery: boolean): string {
  if (url.startsWith('data:')) return url.slice(0, Math.min(64, (url.indexOf(',') + 1 || 64) - 1));
  const bare = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
  const end = keepQuery ? -1 : bare.search(/[?#]/);
  return (end < 0 ? bare : bare.slice(0, end)).slice(0, LONGEST);
}
