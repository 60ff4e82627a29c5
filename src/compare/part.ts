import type { Column } from './column.ts';
import type { Contribution } from './model.ts';

/** A time that can contribute to a change, with how often it occurred. */
export interface Part {
  kind: Contribution['kind'];
  id: string;
  label: string;
  time: Column;
  count: Column | null;
}
