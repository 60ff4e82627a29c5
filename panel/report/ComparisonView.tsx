import { useMemo, useState } from 'preact/hooks';
import { contributionText, intervalText, metricText, refusals, verdictText } from '../../src/analysis/comparisonText.ts';
import { formatChange } from '../../src/analysis/budgets/quantity.ts';
import type { Comparison, MetricComparison } from '../../src/analysis/compare/model.ts';
import { Badge } from '../components/Badge.tsx';
import { DataTable } from '../components/DataTable.tsx';
import type { Column } from '../components/DataTable.tsx';

/** Every figure of two sides, with interval and verdict, and what changed the times. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const [all, setAll] = useState(false);
  const { metrics, explanation, runs, notes } = comparison;
  const rows = useMemo(() => (all ? metrics : metrics.filter(({ significant }) => significant)), [metrics, all]);
  return (
    <div class="split">
      <div class="table">
        <div class="table-tools">
          <span>{runs.base} and {runs.head} runs{comparison.paired ? ', in turn' : ''}</span>
          <label class="check"><input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} /> figures without a change</label>
        </div>
        <DataTable label="Figures" rows={rows} columns={COLUMNS} keyOf={({ id }) => id} sortBy="verdict" empty="Nothing changed." />
      </div>
      <div class="details">
        {[...refusals(comparison), ...notes].map((note) => <p key={note} class="report-note">{note}</p>)}
        <h2>What changed the times</h2>
        {explanation.length === 0
          ? <p class="report-note dim">No part of the page took longer or shorter than noise does.</p>
          : <ol>{explanation.slice(0, 20).map((part) => <li key={`${part.kind} ${part.id}`}>{contributionText(part)}</li>)}</ol>}
      </div>
    </div>
  );
}

const side = (summary: MetricComparison['base'], unit: MetricComparison['unit']): string => (summary ? metricText(summary.median, unit) : '–');
const rank = ({ worse, significant, verdict }: MetricComparison): number => (worse ? 3 : significant ? 2 : verdict === 'unknown' ? 1 : 0);
const tone = ({ worse, significant }: MetricComparison): 'bad' | 'good' | 'neutral' => (worse ? 'bad' : significant ? 'good' : 'neutral');

const COLUMNS: Column<MetricComparison>[] = [
  { key: 'label', title: 'Figure', width: 'minmax(260px, 2fr)', cell: ({ label, id }) => <span title={id}>{label}</span>, sort: ({ label }) => label },
  { key: 'group', title: 'Of', width: '90px', cell: ({ group }) => group, sort: ({ group }) => group },
  { key: 'base', title: 'Base', width: '100px', number: true, cell: ({ base, unit }) => side(base, unit), sort: ({ base }) => base?.median ?? -1 },
  { key: 'head', title: 'Head', width: '100px', number: true, cell: ({ head, unit }) => side(head, unit), sort: ({ head }) => head?.median ?? -1 },
  { key: 'ratio', title: 'Change', width: '90px', number: true, cell: ({ ratio }) => (ratio === null ? '–' : formatChange(ratio)), sort: ({ ratio }) => Math.abs((ratio ?? 1) - 1) },
  { key: 'interval', title: 'Interval', width: '170px', number: true, cell: (metric) => intervalText(metric) || '–' },
  { key: 'verdict', title: 'Verdict', width: '150px', cell: (metric) => <Badge text={verdictText(metric)} tone={tone(metric)} title={metric.notes.join(' ')} />, sort: rank },
];
