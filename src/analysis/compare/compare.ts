import type { Session } from '../../session/model.ts';
import { columnsOf } from './column.ts';
import type { Column } from './column.ts';
import { designOf, LEAST_RUNS } from './design.ts';
import { isSteady } from './exact.ts';
import { explain } from './explain.ts';
import { fewRunsShift, holm } from './fewRuns.ts';
import { heldUpRuns, withoutHeldUp } from './heldUp.ts';
import type { HeldUp } from './heldUp.ts';
import { judgeExact, judgeNoisy, refuse } from './judge.ts';
import type { Evidence } from './judge.ts';
import { logsOf } from './logScale.ts';
import type { CompareOptions, Comparison, MetricComparison } from './model.ts';
import { correctedChances } from './permutation.ts';
import { shiftOf } from './shiftOf.ts';
import { worthTelling } from './worthTelling.ts';

export const DEFAULT_OPTIONS: CompareOptions = {
  minEffect: 0.03,
  alpha: 0.05,
  confidence: 0.95,
  tolerance: {},
  force: false,
  paired: 'auto',
  refused: { times: [], memory: [], counts: [] },
  seed: 1,
};

/**
 * Compares two sides of one or more recordings each; docs/statistics.md says how.
 * @throws RangeError where a side has no session
 */
export function compareSessions(
  base: readonly Session[], head: readonly Session[], given: Partial<CompareOptions> = {},
): Comparison {
  if (base.length === 0 || head.length === 0) {
    throw new RangeError('A comparison needs at least one session on each side.');
  }
  const options = { ...DEFAULT_OPTIONS, ...given };
  const { refused } = options;
  const design = designOf(base, head, options.paired);
  const all = columnsOf(design.base, design.head);
  const heldUp = heldUpRuns(all);
  const columns = withoutHeldUp(all, heldUp);
  return {
    runs: { base: base.length, head: head.length },
    paired: design.paired,
    options,
    refused,
    notes: [...design.notes, ...heldUpNotes(heldUp)],
    metrics: compareColumns(columns, design.paired, options),
    explanation: explain(design, columns, options.confidence),
  };
}

function heldUpNotes({ base, head }: HeldUp): string[] {
  const said = [['base', base], ['head', head]] as const;
  return said.filter(([, runs]) => runs.length > 0).map(([side, runs]) =>
    `Timings of ${runs.length} ${runs.length > 1 ? 'runs' : 'run'} of the ${side} are left out: nearly `
      + 'all of them were off together, so that something else on the machine held it up.');
}

/** The same on values that were read from sessions already. */
export function compareColumns(
  columns: readonly Column[], paired: boolean, options: CompareOptions,
): MetricComparison[] {
  const noisy = columns.filter((column) => !isSteady(column) && mayCompare(column, options));
  const evidence = new Map(weigh(noisy, paired, options).map((each, at) => [noisy[at], each]));
  return columns.map((column) => {
    const reasons = options.refused[column.fields.depends];
    if (!mayCompare(column, options)) return refuse(column, reasons);
    const own = evidence.get(column);
    const metric = own ? judgeNoisy(column, own, options) : judgeExact(column, options);
    return { ...metric, notes: [...reasons, ...metric.notes] };
  });
}

const mayCompare = ({ fields }: Column, { force, refused }: CompareOptions): boolean =>
  force || refused[fields.depends].length === 0;

/** Shift and corrected chance of each; the correction is over those that are worth telling. */
function weigh(columns: readonly Column[], paired: boolean, options: CompareOptions): Evidence[] {
  const runs = Math.min(...columns.map(({ base, head }) => Math.min(base.length, head.length)));
  const logs = columns.map(logsOf);
  const isWorth = worthTelling(columns);
  const places = columns.map((_, at) => at).filter((at) => isWorth(columns[at] as Column));
  const chances = columns.map(() => 1);
  if (runs < LEAST_RUNS) {
    const shifts = columns.map((column, at) =>
      fewRunsShift(column, logs[at] as (typeof logs)[number], options.confidence));
    const corrected = holm(places.map((at) => shifts[at]?.chance ?? 1));
    places.forEach((at, place) => (chances[at] = corrected[place] as number));
    return shifts.map((shift, at) => ({
      shift, chance: chances[at] as number, isWorth: isWorth(columns[at] as Column),
    }));
  }
  const corrected = correctedChances(
    places.map((at) => logs[at] as (typeof logs)[number]), paired, options.seed,
  );
  places.forEach((at, place) => (chances[at] = corrected[place] as number));
  return logs.map((own, at) => ({
    shift: shiftOf(own, paired, options.confidence),
    chance: chances[at] as number,
    isWorth: isWorth(columns[at] as Column),
  }));
}
