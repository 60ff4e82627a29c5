import type { ClosedFrame } from '../protocol/command.ts';
import { covers, whyNot } from './site.ts';

const NOT_ALLOWED =
  'Wasmscope may not run on its site. Open it in a tab and record that once, which asks for the site; then record this page again.';

/**
 * Finds the frames of this document that no agent is in, by the addresses that the page gave them: each is returned once.
 * Frames within those cannot be seen from here. Frames without an address of their own (`srcdoc`, `about:`, `blob:`,
 * `data:`) have their document's agent.
 * @param sites match patterns of where agents are
 */
export function createClosedFrames(sites: readonly string[]): () => ClosedFrame[] {
  const seen = new WeakMap<Element, string>();
  return () => {
    const found: ClosedFrame[] = [];
    for (const frame of document.querySelectorAll<HTMLIFrameElement>(
      'iframe[src]:not([srcdoc]), frame[src]',
    )) {
      const { src: url } = frame;
      if (
        !/^(?:https?|file|[a-z]+-extension):/.test(url) ||
        frame.contentDocument ||
        seen.get(frame) === url
      )
        continue;
      seen.set(frame, url);
      const reason = whyNot(url) ?? (sites.some((site) => covers(site, url)) ? null : NOT_ALLOWED);
      if (reason !== null) found.push({ type: 'closed frame', url, reason });
    }
    return found;
  };
}
