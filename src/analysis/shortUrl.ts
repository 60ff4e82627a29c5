/** What a URL is called in a list: the last part of its path, or its host; all of it where it has neither. */
export function shortUrl(url: string): string {
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/]*)(.*)/i.exec(url) ?? [];
  return path.split('/').filter(Boolean).pop() ?? (host || url);
}
