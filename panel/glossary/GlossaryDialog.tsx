import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import glossary from '../../docs/glossary.md?raw';
import { IconButton } from '../components/IconButton.tsx';
import { GLOSSARY_HASH, glossaryAnchor } from './glossaryTerm.ts';
import { glossaryParts, parseGlossary } from './parseGlossary.ts';

/**
 * The glossary of the documentation, open while the address ends with `#glossary` or the anchor of
 * an entry.
 */
export function GlossaryDialog() {
  const anchor = useGlossaryAnchor();
  return anchor === null ? null : <OpenGlossary anchor={anchor} />;
}

function OpenGlossary({ anchor }: { anchor: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useLayoutEffect(() => document.getElementById(anchor)?.scrollIntoView(), [anchor]);
  return (
    <dialog ref={dialog} class="glossary" aria-label="Glossary" onClose={closeGlossary}>
      <header>
        <h2>Glossary</h2>
        <IconButton
          icon="close"
          name="Close the glossary (Escape)"
          onClick={() => dialog.current?.close()}
        />
      </header>
      <dl id={GLOSSARY_HASH}>
        {parseGlossary(glossary).map(({ id, term, definition }) => (
          <div key={id} id={glossaryAnchor(id)} aria-current={glossaryAnchor(id) === anchor}>
            <dt>{term}</dt>
            <dd>
              <Definition text={definition} />
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

function Definition({ text }: { text: string }) {
  return (
    <>
      {glossaryParts(text).map((part, index) => {
        if (part.kind === 'code') return <code key={index}>{part.text}</code>;
        if (part.kind === 'text') return part.text;
        return (
          <a key={index} href={`#${glossaryAnchor(part.id)}`}>
            {part.text}
          </a>
        );
      })}
    </>
  );
}

/** The glossary's anchor in the address; null where there is none. */
function useGlossaryAnchor(): string | null {
  const [anchor, setAnchor] = useState(readAnchor);
  useEffect(() => {
    const follow = (): void => setAnchor(readAnchor());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return anchor;
}

function readAnchor(): string | null {
  const anchor = location.hash.slice(1);
  return anchor.split('-')[0] === GLOSSARY_HASH ? anchor : null;
}

/** Takes the anchor out of the address, so that the same link works again. */
function closeGlossary(): void {
  if (readAnchor() === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  // A replaced address fires no event of its own.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
