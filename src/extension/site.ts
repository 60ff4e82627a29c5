// Which pages may be recorded, and the match pattern that stands for a page's site.

/** Where browsers let no extension in, whatever it is granted. */
const CLOSED = ['chromewebstore.google.com', 'addons.mozilla.org', 'microsoftedge.microsoft.com'];

/** Why a page cannot be recorded, as a sentence for the user; null where it can. */
export function whyNot(url: string): string | null {
  const { protocol, hostname, pathname } = new URL(url);
  const closed =
    CLOSED.includes(hostname) ||
    (hostname === 'chrome.google.com' && pathname.startsWith('/webstore'));
  if (closed)
    return `Browsers let no extension run on ${hostname}. Open another page and record that.`;
  if (['http:', 'https:', 'file:'].includes(protocol)) return null;
  return `Extensions may not run on ${protocol} pages. Open a web page and record that.`;
}

/** Whether a match pattern of a site, or of many, covers a page of the web. */
export function covers(pattern: string, url: string): boolean {
  const page = new URL(url);
  if (pattern === '<all_urls>') return true;
  const [, scheme, host, port] =
    /^(\*|[a-z]+):\/\/(\[.*\]|[^/:]*)(?::(\d+|\*))?\//.exec(pattern) ?? [];
  if (scheme === undefined || host === undefined) return false;
  if (scheme === '*' ? !/^https?:$/.test(page.protocol) : page.protocol !== `${scheme}:`)
    return false;
  if (port !== undefined && port !== '*' && port !== page.port) return false;
  if (host === '*' || host === page.hostname) return true;
  return host.startsWith('*.') && `.${page.hostname}`.endsWith(host.slice(1));
}

/**
 * The match pattern of a page's site. Without the port, which Firefox does not allow in patterns; a
 * pattern without one matches every port in both browsers.
 */
export function patternOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}
