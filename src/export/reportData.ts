import type { Comparison } from '../compare/model.ts';
import type { SmallSession } from './smallSession.ts';

/** What a report holds, as JSON, compressed, in its one file. */
export interface ReportData {
  title: string;
  /** Epoch ms. */
  made: number;
  /** Wasmscope's version. */
  version: string;
  sessions: {
    label: string;
    side: 'baseline' | 'candidate' | null;
    page: string;
    small: SmallSession;
  }[];
  /** Empty where nothing is compared. */
  comparisons: { page: string; comparison: Comparison }[];
}

/** The element of the report's page that holds its data, as base64 of gzip. */
export const REPORT_DATA = 'wasmscope-data';
