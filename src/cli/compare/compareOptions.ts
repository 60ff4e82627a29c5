import type { CompareOptions } from '../../compare/model.ts';
import type { Values } from '../command.ts';
import { number } from '../command.ts';
import { GATE_HELP, GATE_OPTIONS } from '../output/gateOutput.ts';

/** Options of every command that compares. */
export const COMPARE_OPTIONS = {
  ...GATE_OPTIONS,
  force: { type: 'boolean' },
  all: { type: 'boolean' },
  'min-effect': { type: 'string' },
  tolerance: { type: 'string' },
} as const;

export const COMPARE_HELP = `  --min-effect P   smallest change of a timing that is told, in % (default: 3)
  --tolerance P    by how much exact figures may differ and still be equal, in % (default: 0)
  --force          compares what may not be compared, too
  --all            prints every figure, not only those that changed
${GATE_HELP}`;

/** @throws UsageError */
export function compareOptions(values: Values): Partial<CompareOptions> {
  return {
    force: values.force === true,
    minEffect: number(values, 'min-effect', 3) / 100,
    tolerance: { default: number(values, 'tolerance', 0) / 100 },
  };
}
