import type { MetricComparison, SideSummary } from '../../../src/compare/model.ts';
import { intervalText } from '../../../src/text/changeText.ts';
import { metricNoteText } from '../../../src/text/comparisonNotes.ts';
import { countOf } from '../../../src/text/countOf.ts';
import { formatQuantity } from '../../../src/text/formatQuantity.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import { verdictText } from '../../../src/text/verdictText.ts';
import { verdictTone } from './verdict.ts';

interface Props {
  metric: MetricComparison;
  /** The metrics that are the same figure under another name. */
  aliases: readonly MetricComparison[];
}

/** Everything about one metric that the table has no room for. */
export function MetricNote({ metric, aliases }: Props) {
  const interval = intervalText(metric);
  const notes = [
    ...(aliases.length > 0
      ? [`Also listed as ${aliases.map(({ label }) => label).join(', ')}`]
      : []),
    ...(metric.noisy ? [COMPARE_TEXT.noisy] : []),
    ...metric.notes.map(metricNoteText),
  ];
  return (
    <span>
      <b>{metric.label}</b>{' '}
      <span class={`verdict ${verdictTone(metric)}`}>{verdictText(metric)}</span>
      {interval && <Item name="95 % interval" value={interval} />}
      <Side name="baseline" summary={metric.baseline} metric={metric} />
      <Side name="candidate" summary={metric.candidate} metric={metric} />
      {notes.map((note) => (
        <span key={note}> · {note}</span>
      ))}
    </span>
  );
}

function Side({
  name,
  summary,
  metric: { unit },
}: {
  name: string;
  summary: SideSummary | null;
  metric: MetricComparison;
}) {
  if (!summary) return null;
  const { min, max, runs } = summary;
  const range = `${formatQuantity(min, unit)} to ${formatQuantity(max, unit)}`;
  return <Item name={name} value={`${range} in ${countOf(runs, 'run')}`} />;
}

function Item({ name, value }: { name: string; value: string }) {
  return (
    <span>
      {' '}
      · <span class="dim">{name}</span> {value}
    </span>
  );
}
