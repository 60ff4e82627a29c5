import { useMemo, useState } from 'preact/hooks';
import type { Comparison } from '../../../src/compare/model.ts';
import { formatCount } from '../../../src/text/format.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { MetricNote } from './MetricNote.tsx';
import { METRIC_COLUMNS } from './metricColumns.tsx';

/** Every metric with both sides, its change with the interval drawn, and the verdict. */
export function MetricTable({ comparison }: { comparison: Comparison }) {
  const [text, setText] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  // A metric with several names is listed once; its note has the other names.
  const metrics = useMemo(
    () => comparison.metrics.filter(({ aliasOf }) => aliasOf === null),
    [comparison],
  );
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return metrics.filter(
      ({ label, group, verdict, significant }) =>
        (significant || !onlyChanged) &&
        `${label} ${group} ${verdict}`.toLowerCase().includes(wanted),
    );
  }, [metrics, text, onlyChanged]);
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
        <Checkbox label="Only changes" checked={onlyChanged} onChange={setOnlyChanged} />
        <span class="dim">
          {formatCount(changed)} of {formatCount(metrics.length)} metrics changed.{' '}
          {COMPARE_TEXT.interval}
        </span>
      </div>
      <DataTable
        label="Metrics"
        rows={rows}
        columns={METRIC_COLUMNS}
        keyOf={({ id }) => id}
        sortBy="verdict"
        ascending
        selected={selected}
        onSelect={({ id }) => setSelected(id)}
        empty={COMPARE_TEXT.noMetric}
      />
      <p class="flame-status" aria-live="polite">
        {chosen ? (
          <MetricNote
            metric={chosen}
            aliases={comparison.metrics.filter(({ aliasOf }) => aliasOf === chosen.label)}
          />
        ) : (
          <span class="dim">{COMPARE_TEXT.selectMetric}</span>
        )}
      </p>
    </div>
  );
}
