const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * Whether the document came without a content security policy: for sure, and without offending one, which would be
 * reported. HTML hides the nonces of elements that are put into a document with a policy in its headers (HTML 2.5.5),
 * so one element is put there and taken out before any script or observer can see it.
 */
export function hasNoPolicy(): boolean {
  // What is not of the network has its maker's policy, that of a <meta> too. Late, an observer may see the element.
  if (!/^https?:/.test(location.protocol) || document.readyState !== 'loading') return false;
  const probe = document.createElementNS(XHTML, 'link') as HTMLLinkElement;
  probe.setAttribute('nonce', 'n');
  (document.documentElement ?? document).appendChild(probe);
  const seen = probe.getAttribute('nonce') === 'n';
  probe.remove();
  return seen;
}
