/** A URL in a list: the last part of its path, otherwise its host, otherwise the whole URL. */
export function shortUrl(url: string): string {
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/]*)(.*)/i.exec(url) ?? [];
  return path.split('/').filter(Boolean).pop() ?? (host || url);
}
