import type { BoundaryFunction } from '../../src/session/model.ts';
import type { Direction } from '../../src/text/directionLabels.ts';

/** An import is called by wasm; an export, or a function of a table, by JavaScript. */
export const directionOf = ({ kind }: Pick<BoundaryFunction, 'kind'>): Direction =>
  kind === 'import' ? 'out' : 'in';
