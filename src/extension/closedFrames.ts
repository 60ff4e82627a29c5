import type { ClosedFrame } from '../protocol/command.ts';
import { NO_ACCESS_TO_FRAME } from '../text/extensionMessages.ts';
import { patternCovers, whyNotRecordable } from './site.ts';

// Frames without an address of their own (`srcdoc`, `about:`, `blob:`, `data:`) have the agent of
// their document.
const WITH_ADDRESS = 'iframe[src]:not([srcdoc]), frame[src]';
const OWN_SCHEME = /^(?:https?|file|[a-z]+-extension):/;

/**
 * Finds the frames of this document that no agent can be in, by the addresses that the page gave
 * them. Frames within those cannot be seen from here.
 * @param sites match patterns of where agents run
 * @returns finds those that were not found before
 */
export function createClosedFrames(sites: readonly string[]): () => ClosedFrame[] {
  const seen = new WeakMap<Element, string>();

  const whyClosed = (url: string): string | null =>
    whyNotRecordable(url) ??
    (sites.some((site) => patternCovers(site, url)) ? null : NO_ACCESS_TO_FRAME);

  return () => {
    const found: ClosedFrame[] = [];
    for (const frame of document.querySelectorAll<HTMLIFrameElement>(WITH_ADDRESS)) {
      const { src: url } = frame;
      const isOpen = !OWN_SCHEME.test(url) || frame.contentDocument !== null;
      if (isOpen || seen.get(frame) === url) continue;
      seen.set(frame, url);
      const reason = whyClosed(url);
      if (reason !== null) found.push({ type: 'closed frame', url, reason });
    }
    return found;
  };
}
