import { noExtensionsOnHost, noExtensionsOnScheme } from '../text/extensionMessages.ts';

// Which pages may be recorded, and the match pattern that stands for a page's site.

/** Hosts on which browsers run no extension, whatever it was granted. */
const CLOSED_HOSTS = [
  'chromewebstore.google.com',
  'addons.mozilla.org',
  'microsoftedge.microsoft.com',
];

/** Why a page cannot be recorded, as a sentence for people; null where it can. */
export function whyNotRecordable(url: string): string | null {
  const { protocol, hostname, pathname } = new URL(url);
  const closed =
    CLOSED_HOSTS.includes(hostname) ||
    (hostname === 'chrome.google.com' && pathname.startsWith('/webstore'));
  if (closed) return noExtensionsOnHost(hostname);
  if (['http:', 'https:', 'file:'].includes(protocol)) return null;
  return noExtensionsOnScheme(protocol);
}

/** Whether a page of the web matches a pattern, as browsers match them. */
export function patternCovers(pattern: string, url: string): boolean {
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
export function sitePattern(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}
