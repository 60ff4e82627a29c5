const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * Whether the document certainly has no content security policy. Does not violate one to find out,
 * because violations are reported. Instead it uses that a document with a policy in its headers
 * hides the nonces of elements inserted into it (HTML 2.5.5): it inserts an element and removes it
 * before a script or an observer can notice.
 */
export function hasNoPolicy(): boolean {
  // A document that does not come from the network inherits its creator's policy, including one
  // from a <meta>. In a loaded document, an observer could see the element.
  if (!/^https?:/.test(location.protocol) || document.readyState !== 'loading') return false;
  const probe = document.createElementNS(XHTML, 'link') as HTMLLinkElement;
  probe.setAttribute('nonce', 'n');
  (document.documentElement ?? document).appendChild(probe);
  const isVisible = probe.getAttribute('nonce') === 'n';
  probe.remove();
  return isVisible;
}
