import type { GlossaryTerm } from './glossaryTerm.ts';
import { glossaryAnchor } from './glossaryTerm.ts';

/** A question mark that opens a term's entry in the glossary, where the term itself is a button. */
export function GlossaryMark({ term, name }: { term: GlossaryTerm; name: string }) {
  const label = `Explain ${name}`;
  return (
    <a class="term-mark" href={`#${glossaryAnchor(term)}`} title={label} aria-label={label}>
      ?
    </a>
  );
}
