/** A term of docs/glossary.md. */
export interface GlossaryEntry {
  /** As in links to it: the term in lower case, with `-` between words. */
  id: string;
  term: string;
  /** In Markdown, of which only code and links to other terms occur. */
  definition: string;
}

/** A part of a definition: plain text, code, or a link to another term. */
export type GlossaryPart =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; id: string };

/** The entries of a glossary in Markdown: a heading of level 2 each, followed by its definition. */
export const parseGlossary = (markdown: string): GlossaryEntry[] =>
  markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [term = '', ...lines] = section.split('\n');
      return {
        id: glossaryId(term),
        term: term.trim(),
        definition: lines.join(' ').replace(/\s+/g, ' ').trim(),
      };
    });

/** The id that the usual hosts of Markdown give to a heading. */
const glossaryId = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s+/g, '-');

/** Splits a definition at its code and links. */
export function glossaryParts(definition: string): GlossaryPart[] {
  const parts: GlossaryPart[] = [];
  let end = 0;
  for (const match of definition.matchAll(/`([^`]+)`|\[([^\]]+)\]\(#([^)]+)\)/g)) {
    const [whole, code, link, id] = match;
    if (match.index > end) parts.push({ kind: 'text', text: definition.slice(end, match.index) });
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (link !== undefined && id !== undefined) parts.push({ kind: 'link', text: link, id });
    end = match.index + whole.length;
  }
  if (end < definition.length) parts.push({ kind: 'text', text: definition.slice(end) });
  return parts;
}
