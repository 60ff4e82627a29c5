import type { LoadPhase } from '../../../src/analysis/loadPhases.ts';
import { loadPhases } from '../../../src/analysis/loadPhases.ts';
import type { Module, ModuleIndex, Session, TimeRange } from '../../../src/session/model.ts';
import { countOf } from '../../../src/text/countOf.ts';

/** A module in the table. */
export interface LoadRow {
  index: ModuleIndex;
  module: Module;
  phases: LoadPhase[];
}

/**
 * The modules that were being loaded within the range; copies in other realms follow the module
 * they were posted from.
 */
export function loadRows({ modules }: Session, range: TimeRange | null): LoadRow[] {
  const isInRange = ({ from, to }: LoadPhase): boolean =>
    !range || (to >= range.from && from <= range.to);
  return modules
    .map((module, index) => ({ module, index, phases: loadPhases(module) }))
    .sort(
      (a, b) => (a.module.origin ?? a.index) - (b.module.origin ?? b.index) || a.index - b.index,
    )
    .filter(({ phases }) => !range || phases.some(isInRange));
}

/** `3 modules, posted to 8 other realms`. */
export function loadCountText(rows: readonly LoadRow[]): string {
  const posted = rows.filter(({ module }) => module.origin !== null).length;
  const modules = countOf(rows.length - posted, 'module');
  return posted === 0 ? modules : `${modules}, posted to ${countOf(posted, 'other realm')}`;
}
