import { formatCount } from './format.ts';

/** A number of things: `1 call`, `2 calls`. */
export const countOf = (value: number, singular: string, plural = `${singular}s`): string =>
  `${formatCount(value)} ${value === 1 ? singular : plural}`;
