import type { Session } from '../../../src/session/model.ts';
import { formatDuration, formatTime } from '../../../src/text/format.ts';

interface Mark {
  class: 'document' | 'load' | 'task' | 'measure' | 'mark';
  from: number;
  to: number;
  text: string;
}

/** No more marks than these are drawn, documents and then the longest first. */
const MOST = 400;

function marksOf(session: Session): Mark[] {
  const documents = session.realms.flatMap(({ kind, url, offset }): Mark[] =>
    kind === 'page'
      ? [{ class: 'document', from: offset, to: offset, text: `Document ${url}` }]
      : [],
  );
  const loads = session.modules.flatMap((module): Mark[] => {
    const from = module.compileStart ?? module.instantiateStart;
    const to = module.instantiateEnd ?? module.compileEnd ?? from;
    return from === null || to === null
      ? []
      : [{ class: 'load', from, to, text: `Load of ${module.name}` }];
  });
  const spans = session.spans.flatMap((span): Mark[] => {
    const to = span.start + span.duration;
    switch (span.kind) {
      case 'longtask':
      case 'long-animation-frame':
        return [
          {
            class: 'task',
            from: span.start,
            to,
            text: span.kind === 'longtask' ? 'Long task' : 'Long animation frame',
          },
        ];
      case 'measure':
        return [{ class: 'measure', from: span.start, to, text: `Measure ${span.name}` }];
      case 'mark':
        return [{ class: 'mark', from: span.start, to, text: `Mark ${span.name}` }];
      default:
        return [];
    }
  });
  const longest = [...loads, ...spans].sort((a, b) => b.to - b.from - (a.to - a.from));
  return [...documents, ...longest].slice(0, MOST);
}

const words = ({ text, from, to, class: kind }: Mark): string =>
  kind === 'document'
    ? `${text} began at ${formatTime(from)}`
    : `${text}: ${formatDuration(to - from)} at ${formatTime(from)}`;

/** Where each document began, loads, long tasks and measures over the same time axis as the charts. */
export function MarksLane({ session }: { session: Session }) {
  const length = Math.max(session.duration, 1);
  const marks = marksOf(session);
  return (
    <>
      <ul class="lane" aria-label="Documents, loads, long tasks and measures">
        {marks.map((mark, at) => (
          <li
            key={at}
            class={`lane-mark ${mark.class}`}
            title={words(mark)}
            style={{
              left: `${(mark.from / length) * 100}%`,
              width: `${((mark.to - mark.from) / length) * 100}%`,
            }}
          >
            <span class="visually-hidden">{words(mark)}</span>
          </li>
        ))}
      </ul>
      <div class="lane-legend">
        <span>
          <i class="swatch" style={{ background: 'var(--text)' }} />
          document
        </span>
        <span>
          <i class="swatch" style={{ background: 'var(--series-3)' }} />
          module load
        </span>
        <span>
          <i class="swatch" style={{ background: 'var(--bad)' }} />
          long task or frame
        </span>
        <span>
          <i class="swatch" style={{ background: 'var(--series-5)' }} />
          mark, measure
        </span>
      </div>
    </>
  );
}
