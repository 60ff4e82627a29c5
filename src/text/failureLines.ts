import type { Request } from '../session/model.ts';
import { countOf } from './countOf.ts';
import { formatCount } from './format.ts';

/** How many failed requests are listed. */
const LISTED = 3;

/** The requests that failed: often the reason why a page did not do what it should. */
export function failureLines(failed: readonly Request[]): string[] {
  if (failed.length === 0) return [];
  const lines = failed
    .slice(0, LISTED)
    .map(({ url, status, error }) => `  ${url}: ${error ?? `answered ${status}`}`);
  const more = failed.length - LISTED;
  return [
    `${countOf(failed.length, 'request')} failed:`,
    ...lines,
    ...(more > 0 ? [`  and ${formatCount(more)} more`] : []),
  ];
}
