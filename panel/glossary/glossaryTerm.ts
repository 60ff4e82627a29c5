/**
 * The terms that the interface links to: ids of entries in docs/glossary.md, which a test checks.
 */
export const GLOSSARY_TERMS = [
  'baseline',
  'boundary-function',
  'candidate',
  'clock-resolution',
  'cpu-speed-variation',
  'cross-origin-isolation',
  'crossing',
  'grow-call',
  'hidden',
  'interval',
  'linear-memory',
  'load-time',
  'overhead',
  'peak',
  'per-call',
  'realm',
  'self-time',
  'tier',
  'total-time',
  'transferred',
  'web-vitals',
] as const;

export type GlossaryTerm = (typeof GLOSSARY_TERMS)[number];

/** The part of an address after `#` that opens the glossary. */
export const GLOSSARY_HASH = 'glossary';

/** The same, at one of its entries. */
export const glossaryAnchor = (id: string): string => `${GLOSSARY_HASH}-${id}`;
