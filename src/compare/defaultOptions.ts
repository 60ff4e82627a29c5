import type { CompareOptions } from './model.ts';
import { noRefusals } from './refusalsOf.ts';

export const DEFAULT_OPTIONS: CompareOptions = {
  minEffect: 0.03,
  alpha: 0.01,
  confidence: 0.95,
  tolerance: {},
  force: false,
  paired: 'auto',
  refused: noRefusals(),
  seed: 1,
};
