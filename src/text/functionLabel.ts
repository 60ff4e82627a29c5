import type { FunctionIndex, Session } from '../session/model.ts';

/** A boundary function's name in lists; −1 is script outside any crossing. */
export const functionLabel = ({ functions }: Session, fn: FunctionIndex | -1): string =>
  functions[fn]?.name ?? 'JavaScript';
