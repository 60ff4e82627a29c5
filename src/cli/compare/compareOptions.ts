import type { CompareOptions } from '../../compare/model.ts';
import type { Values } from '../options.ts';
import { flag, number } from '../options.ts';
import { GATE_OPTIONS } from '../output/gateOutput.ts';

const heading = 'Comparison';

/** Options of every command that compares. */
export const COMPARE_OPTIONS = {
  'min-effect': number({
    heading,
    placeholder: 'PERCENT',
    description: 'The smallest change of a timing to report',
    default: 3,
  }),
  tolerance: number({
    heading,
    placeholder: 'PERCENT',
    description: 'How much exact figures may differ and still count as equal',
    default: 0,
  }),
  force: flag({
    heading,
    description: 'Compare sessions even if their conditions do not allow it',
  }),
  all: flag({
    heading,
    description: 'Print every figure, not only those that changed',
  }),
  ...GATE_OPTIONS,
};

/** The options as `compareSessions` takes them. */
export const compareOptions = (
  values: Values<typeof COMPARE_OPTIONS>,
): Partial<CompareOptions> => ({
  force: values.force,
  minEffect: values['min-effect'] / 100,
  tolerance: { default: values.tolerance / 100 },
});
