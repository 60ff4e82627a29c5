import type { MetricComparison, SideSummary } from '../../../src/compare/model.ts';
import { changeText } from '../../../src/text/changeText.ts';
import { metricNoteText } from '../../../src/text/comparisonNotes.ts';
import { formatDifference, formatQuantity } from '../../../src/text/formatQuantity.ts';
import { verdictText } from '../../../src/text/verdictText.ts';
import type { Column } from '../../components/Column.ts';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { IntervalBar } from './IntervalBar.tsx';
import { verdictRank, verdictTone } from './verdict.ts';

/** One row per metric: the verdict first, then the change and the medians it comes from. */
export const METRIC_COLUMNS: Column<MetricComparison>[] = [
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
      <span
        class={`verdict ${verdictTone(metric)}`}
        title={metric.notes.map(metricNoteText).join(' ')}
      >
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
    term: 'interval',
    width: '130px',
    cell: (metric) => (
      <IntervalBar ratio={metric.ratio} interval={metric.interval} tone={verdictTone(metric)} />
    ),
  },
  sideColumn('baseline', 'Baseline'),
  sideColumn('candidate', 'Candidate'),
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

function sideColumn(side: 'baseline' | 'candidate', title: string): Column<MetricComparison> {
  return {
    key: side,
    title,
    term: side,
    width: '112px',
    number: true,
    cell: (metric) => medianText(metric[side], metric),
    sort: (metric) => metric[side]?.median ?? -1,
  };
}

const medianText = (summary: SideSummary | null, { unit }: MetricComparison): string =>
  summary ? formatQuantity(summary.median, unit) : '–';
