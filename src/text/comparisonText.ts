import type { MetricComparison, SideSummary } from '../compare/model.ts';
import { changeText, intervalText } from './changeText.ts';
import { metricNoteText } from './comparisonNotes.ts';
import { formatDifference, formatQuantity } from './formatQuantity.ts';
import { verdictText } from './verdictText.ts';

/** `80.0 ms → 92.0 ms, +15 % (95 %: +12 % to +18 %): slower`. */
export function comparisonText(metric: MetricComparison, confidence: number): string {
  const { unit, ratio, verdict, notes, difference } = metric;
  const medianText = (side: SideSummary | null): string =>
    side ? formatQuantity(side.median, unit) : 'none';
  const baseline = medianText(metric.baseline);
  const candidate = medianText(metric.candidate);
  const interval = intervalText(metric);
  const parts = [
    `${baseline} → ${candidate}`,
    // The difference is so small that both sides look the same.
    difference !== 0 && baseline === candidate ? formatDifference(difference, unit) : '',
    ratio === 1 ? '' : changeText(metric),
  ];
  const figures = parts.filter((part) => part !== '').join(', ');
  const range = interval === '' ? '' : ` (${Math.round(confidence * 100)} %: ${interval})`;
  const note = verdict === 'unknown' && notes[0] ? `, ${metricNoteText(notes[0])}` : '';
  return `${figures}${range}: ${verdictText(metric)}${note}`;
}
