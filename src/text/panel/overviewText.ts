/** Explains the figures of the Overview whose names do not say everything. */
export const FIGURE_MEANINGS = {
  overhead: 'The time that Wasmscope itself took, and its share of the time of all threads',
  TTFB: 'Time to first byte: until the first byte of the page arrived',
  FCP: 'First contentful paint: until the page showed its first text or image',
  LCP: 'Largest contentful paint: until the page showed its largest text or image',
  CLS: 'Cumulative layout shift: how much the page’s content moved unexpectedly, without a unit; up to 0.1 is good',
  INP: 'Interaction to next paint: how long the page took to respond to clicks and keys',
} as const;

/** Sentences of the Overview. */
export const OVERVIEW_TEXT = {
  noData: 'No data was recorded yet. Use the page while it is being recorded.',
  lastValue: 'The last value; point at the chart to read others',
  moreRealms: (count: string): string => `${count} realms with fewer crossings are not shown.`,
  showRealm: 'Show only this realm',
} as const;
