import { formatCount } from './format.ts';

/** A number with its noun: `1 module`, `2 modules`, `3 memories`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
