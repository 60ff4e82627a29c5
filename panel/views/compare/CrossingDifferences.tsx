import { useMemo } from 'preact/hooks';
import type { Comparison, MetricComparison } from '../../../src/compare/model.ts';
import {
  FUNCTION_CALLS,
  FUNCTION_SELF,
  FUNCTION_SELF_PER_CALL,
} from '../../../src/metrics/crossingMetrics.ts';
import { formatChange } from '../../../src/text/format.ts';
import { formatDifference, formatQuantity } from '../../../src/text/formatQuantity.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { verdictTone } from './verdict.ts';

/** A boundary function on both sides. */
interface Row {
  key: string;
  calls: MetricComparison;
  self: MetricComparison;
  perCall: MetricComparison;
}

/**
 * A table of boundary functions with the changes in their calls, self time and self time per call.
 */
export function CrossingDifferences({ comparison }: { comparison: Comparison }) {
  const rows = useMemo(() => rowsOf(comparison), [comparison]);
  if (rows.length === 0) {
    return (
      <EmptyState title={COMPARE_TEXT.noCrossingsTitle}>
        <p>{COMPARE_TEXT.noCrossings}</p>
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Crossings compared"
      rows={rows}
      columns={COLUMNS}
      keyOf={({ key }) => key}
      sortBy="self"
    />
  );
}

function rowsOf({ metrics }: Comparison): Row[] {
  const rows = new Map<string, Partial<Row>>();
  for (const metric of metrics) {
    const { subject, quantity } = metric;
    if (subject.type !== 'function') continue;
    const key = `${subject.module}/${subject.name}`;
    const row = rows.get(key) ?? {};
    rows.set(key, row);
    if (quantity === FUNCTION_CALLS.quantity) row.calls = metric;
    if (quantity === FUNCTION_SELF.quantity) row.self = metric;
    if (quantity === FUNCTION_SELF_PER_CALL.quantity) row.perCall = metric;
  }
  return [...rows].flatMap(([key, { calls, self, perCall }]) =>
    calls && self && perCall ? [{ key, calls, self, perCall }] : [],
  );
}

const both = ({ baseline, candidate, unit }: MetricComparison): string =>
  `${baseline ? formatQuantity(baseline.median, unit) : '–'} → ${candidate ? formatQuantity(candidate.median, unit) : '–'}`;

const change = (metric: MetricComparison) => (
  <span class={`verdict ${verdictTone(metric)}`} title={metric.verdict}>
    {formatDifference(metric.difference, metric.unit)}
    {metric.ratio !== null && metric.difference !== 0 ? ` (${formatChange(metric.ratio)})` : ''}
  </span>
);

const COLUMNS: Column<Row>[] = [
  {
    key: 'name',
    title: 'Function',
    width: 'minmax(190px, 1fr)',
    cell: ({ self, key }) => (
      <MiddleCut text={self.label.replace(/: self time$/, '')} title={key} />
    ),
    sort: ({ key }) => key,
  },
  {
    key: 'selfBoth',
    title: 'Self time',
    width: '170px',
    number: true,
    cell: ({ self }) => both(self),
  },
  {
    key: 'self',
    title: 'Self time change',
    width: '160px',
    number: true,
    cell: ({ self }) => change(self),
    sort: ({ self }) => Math.abs(self.difference),
  },
  {
    key: 'perCall',
    title: 'Per call change',
    width: '160px',
    number: true,
    cell: ({ perCall }) => change(perCall),
    sort: ({ perCall }) => Math.abs(perCall.difference),
  },
  {
    key: 'callsBoth',
    title: 'Calls',
    width: '170px',
    number: true,
    cell: ({ calls }) => both(calls),
  },
  {
    key: 'calls',
    title: 'Calls change',
    width: '160px',
    number: true,
    cell: ({ calls }) => change(calls),
    sort: ({ calls }) => Math.abs(calls.difference),
  },
];
