const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * Whether the document certainly came without a content security policy. Does not violate one to
 * find out, as that would be reported: a document with a policy in its headers hides the nonces of
 * elements that are inserted into it (HTML 2.5.5). So an element is inserted and removed, before a
 * script or an observer can notice.
 */
export function hasNoPolicy(): boolean {
  // A document that is not from the network inherits its creator's policy, also one of a <meta>. In
  // a loaded document, an observer could see the element.
  if (!/^https?:/.test(location.protocol) || document.readyState !== 'loading') return false;
  const probe = document.createElementNS(XHTML, 'link') as HTMLLinkElement;
  probe.setAttribute('nonce', 'n');
  (document.documentElement ?? document).appendChild(probe);
  const isVisible = probe.getAttribute('nonce') === 'n';
  probe.remove();
  return isVisible;
}
