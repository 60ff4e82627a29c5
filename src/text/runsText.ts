import type { Comparison } from '../compare/model.ts';
import { countOf } from './countOf.ts';

/** `10 runs against 10, compared in pairs`. */
export const runsText = ({ runs, paired }: Comparison): string =>
  `${countOf(runs.baseline, 'run')} against ${runs.candidate}${paired ? ', compared in pairs' : ''}`;
