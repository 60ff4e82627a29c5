import { aliasesOf } from './aliases.ts';
import type { Column } from './column.ts';
import { isSteady, isUnknown } from './isSteady.ts';
import { judgeExact, judgeNoisy, refuse } from './judge.ts';
import type { CompareOptions, MetricComparison } from './model.ts';
import { weigh } from './weigh.ts';

/** Compares columns of values, metric by metric. */
export function compareColumns(
  columns: readonly Column[],
  paired: boolean,
  options: CompareOptions,
): MetricComparison[] {
  const noisy = columns.filter(
    (column) => !isSteady(column) && !isUnknown(column) && mayCompare(column, options),
  );
  const aliases = aliasesOf(noisy);
  const tested = noisy.filter((column) => !aliases.has(column));
  const evidence = new Map(weigh(tested, paired, options).map((each, at) => [tested[at], each]));
  return columns.map((column) => {
    const reasons = options.refused[column.fields.depends];
    if (!mayCompare(column, options)) return refuse(column, reasons);
    if (isUnknown(column)) return refuse(column, [{ code: 'not measured' }]);
    const original = aliases.get(column);
    const own = evidence.get(original ?? column);
    const metric = own ? judgeNoisy(column, own, options) : judgeExact(column, options);
    return {
      ...metric,
      aliasOf: original?.fields.label ?? null,
      notes: [...reasons, ...metric.notes],
    };
  });
}

const mayCompare = ({ fields }: Column, { force, refused }: CompareOptions): boolean =>
  force || refused[fields.depends].length === 0;
