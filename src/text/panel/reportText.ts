import { countOf } from '../countOf.ts';

/** Sentences of the HTML report. */
export const REPORT_TEXT = {
  pathsOmitted: (count: number): string =>
    `The flame graph omits ${countOf(count, 'short call path')}. The Crossings table includes their calls and times.`,
  unreadableTitle: 'The report could not be read',
  unreadable: (reason: string): string =>
    `${reason}. Write the report again with “wasmscope report”.`,
} as const;
