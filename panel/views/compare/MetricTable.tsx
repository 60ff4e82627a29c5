import { useMemo, useState } from 'preact/hooks';
import type { Comparison, MetricComparison, SideSummary } from '../../../src/compare/model.ts';
import { changeText, verdictText } from '../../../src/text/comparisonText.ts';
import { formatChange, formatCount } from '../../../src/text/format.ts';
import { formatDifference, formatQuantity } from '../../../src/text/formatQuantity.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { IntervalBar } from './IntervalBar.tsx';
import { verdictRank, verdictTone } from './verdict.ts';

type Shown = 'changed' | 'all';

/** Every metric with both sides, its ratio with the interval drawn, and the verdict. */
export function MetricTable({ comparison }: { comparison: Comparison }) {
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [selected, setSelected] = useState<string | null>(null);
  // What goes under two names is there once.
  const metrics = useMemo(
    () => comparison.metrics.filter(({ aliasOf }) => aliasOf === null),
    [comparison],
  );
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return metrics.filter(
      (metric) =>
        (shown === 'all' || metric.significant) &&
        `${metric.label} ${metric.group} ${metric.verdict}`.toLowerCase().includes(wanted),
    );
  }, [metrics, text, shown]);
  const changed = metrics.filter(({ significant }) => significant).length;
  const chosen = metrics.find(({ id }) => id === selected);
  return (
    <div class="compare-metrics">
      <div class="table-tools">
        <input
          type="search"
          aria-label="Filter metrics"
          placeholder="Filter by metric or verdict"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={shown === 'changed'}
            onChange={(event) => setShown(event.currentTarget.checked ? 'changed' : 'all')}
          />
          Only what changed
        </label>
        <span class="dim">
          {formatCount(changed)} of {formatCount(metrics.length)} metrics changed; the bar is the 95
          % interval of candidate over baseline, from half to double
        </span>
      </div>
      <DataTable
        label="Metrics"
        rows={rows}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        sortBy="verdict"
        ascending
        selected={selected}
        onSelect={({ id }) => setSelected(id)}
        empty="No metric matches the filter."
      />
      <p class="flame-status" aria-live="polite">
        {chosen ? (
          <MetricNote
            metric={chosen}
            aliases={comparison.metrics.filter(({ aliasOf }) => aliasOf === chosen.label)}
          />
        ) : (
          <span class="dim">Select a metric to read its interval and notes.</span>
        )}
      </p>
    </div>
  );
}

const side = (unit: MetricComparison['unit'], summary: SideSummary | null): string =>
  summary ? formatQuantity(summary.median, unit) : '–';

const COLUMNS: Column<MetricComparison>[] = [
  {
    key: 'label',
    title: 'Metric',
    width: 'minmax(230px, 3fr)',
    cell: ({ label, id }) => <MiddleCut text={label} title={`${label}\n${id}`} keep={20} />,
    sort: ({ label }) => label,
  },
  {
    key: 'verdict',
    title: 'Verdict',
    width: 'minmax(144px, 1fr)',
    sort: verdictRank,
    cell: (metric) => (
      <span class={`verdict ${verdictTone(metric)}`} title={metric.notes.join(' ')}>
        {verdictText(metric)}
      </span>
    ),
  },
  {
    key: 'ratio',
    title: 'Change',
    width: '76px',
    number: true,
    cell: (metric) => changeText(metric) || '–',
    sort: ({ ratio }) => ratio ?? 0,
  },
  {
    key: 'interval',
    title: 'Interval',
    width: '130px',
    cell: (metric) => (
      <IntervalBar ratio={metric.ratio} interval={metric.interval} tone={verdictTone(metric)} />
    ),
  },
  {
    key: 'baseline',
    title: 'Baseline',
    width: '92px',
    number: true,
    cell: ({ unit, baseline }) => side(unit, baseline),
    sort: ({ baseline }) => baseline?.median ?? -1,
  },
  {
    key: 'candidate',
    title: 'Candidate',
    width: '92px',
    number: true,
    cell: ({ unit, candidate }) => side(unit, candidate),
    sort: ({ candidate }) => candidate?.median ?? -1,
  },
  {
    key: 'difference',
    title: 'Difference',
    width: '100px',
    number: true,
    cell: ({ unit, difference }) => formatDifference(difference, unit),
    sort: ({ difference }) => difference,
  },
  {
    key: 'group',
    title: 'Group',
    width: '84px',
    cell: ({ group }) => group,
    sort: ({ group }) => group,
  },
];

function MetricNote({
  metric,
  aliases,
}: {
  metric: MetricComparison;
  aliases: readonly MetricComparison[];
}) {
  const { label, unit, baseline, candidate, interval, notes, noisy } = metric;
  const range = (name: string, summary: SideSummary | null) =>
    summary && (
      <span>
        {' '}
        · <span class="dim">{name}</span> {formatQuantity(summary.min, unit)} to{' '}
        {formatQuantity(summary.max, unit)} in {formatCount(summary.runs)}{' '}
        {summary.runs === 1 ? 'run' : 'runs'}
      </span>
    );
  return (
    <span>
      <b>{label}</b> <span class={`verdict ${verdictTone(metric)}`}>{verdictText(metric)}</span>
      {interval && (
        <span>
          {' '}
          · <span class="dim">95 % interval</span> {formatChange(interval[0])} to{' '}
          {formatChange(interval[1])}
        </span>
      )}
      {range('baseline', baseline)}
      {range('candidate', candidate)}
      {aliases.length > 0 && (
        <span> · the same figure as {aliases.map((alias) => alias.label).join(', ')}</span>
      )}
      {noisy && <span> · it varies from run to run within a side</span>}
      {notes.map((note) => (
        <span key={note}> · {note}</span>
      ))}
    </span>
  );
}
