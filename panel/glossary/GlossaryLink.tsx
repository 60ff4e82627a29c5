import type { ComponentChildren } from 'preact';
import type { GlossaryTerm } from './glossaryTerm.ts';
import { glossaryAnchor } from './glossaryTerm.ts';

interface Props {
  term: GlossaryTerm;
  children: ComponentChildren;
}

/** A term that opens its entry in the glossary. */
export function GlossaryLink({ term, children }: Props) {
  return (
    <a class="term" href={`#${glossaryAnchor(term)}`} title="Show in the glossary">
      {children}
    </a>
  );
}
