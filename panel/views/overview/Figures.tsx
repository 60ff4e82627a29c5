import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import { overheadOf } from '../../../src/analysis/validity/overheadOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../../src/text/format.ts';
import { FIGURE_MEANINGS } from '../../../src/text/panel/overviewText.ts';

/** The web vitals in the order in which a page reaches them. */
const VITALS = ['TTFB', 'FCP', 'LCP', 'CLS', 'INP'] as const;

interface Figure {
  name: string;
  value: string;
  /** Shown on hover, where the name does not say everything. */
  title?: string;
}

/** The session in a few figures. */
export function Figures({ session }: { session: Session }) {
  const overhead = overheadOf(session);
  const figures: Figure[] = [
    { name: 'Duration', value: formatDuration(session.duration) },
    {
      name: 'Modules',
      value: formatCount(session.modules.filter(({ origin }) => origin === null).length),
    },
    { name: 'Crossings', value: formatCount(crossingCount(session)) },
    {
      name: 'Linear memory',
      value: formatBytes(memoryFigures(session).reduce((sum, { bytes }) => sum + bytes, 0)),
    },
    { name: 'Requests', value: formatCount(session.requests.length) },
    ...vitalFigures(session),
    {
      name: 'Overhead',
      value: `${formatDuration(overhead.time)} (${formatShare(overhead.share)})`,
      title: FIGURE_MEANINGS.overhead,
    },
  ];
  return (
    <dl class="figures">
      {figures.map(({ name, value, title }) => (
        <div key={name} title={title}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function crossingCount({ intervals }: Session): number {
  let count = 0;
  for (const { calls } of intervals) for (const more of calls) count += more;
  return count;
}

function vitalFigures({ spans }: Session): Figure[] {
  return VITALS.flatMap((name) => {
    const vital = spans.findLast((span) => span.kind === 'vital' && span.name === name);
    if (!vital) return [];
    const value = name === 'CLS' ? (vital.value ?? 0).toFixed(3) : formatDuration(vital.value);
    return [{ name, value, title: FIGURE_MEANINGS[name] }];
  });
}
