import type { Session, Span } from '../../../src/session/model.ts';
import { formatDuration, formatTime } from '../../../src/text/format.ts';

/** What is drawn in the lane, in the order of its legend. */
const KINDS = {
  document: 'document',
  load: 'module load',
  task: 'long task or frame',
  mark: 'mark or measure',
} as const;

interface Mark {
  kind: keyof typeof KINDS;
  from: number;
  to: number;
  text: string;
}

/** At most so many marks are drawn: documents first, then the longest. */
const MOST = 400;

/**
 * Where each document began, loads, long tasks and measures, over the same time axis as the charts.
 */
export function MarksLane({ session }: { session: Session }) {
  const length = Math.max(session.duration, 1);
  return (
    <>
      <ul class="lane" aria-label="Documents, module loads, long tasks and measures">
        {marksOf(session).map((mark, index) => (
          <li
            key={index}
            class="lane-mark lane-colour"
            data-kind={mark.kind}
            title={description(mark)}
            style={{
              left: `${(mark.from / length) * 100}%`,
              width: `${((mark.to - mark.from) / length) * 100}%`,
            }}
          >
            <span class="visually-hidden">{description(mark)}</span>
          </li>
        ))}
      </ul>
      <div class="lane-legend">
        {Object.entries(KINDS).map(([kind, name]) => (
          <span key={kind}>
            <i class="swatch lane-colour" data-kind={kind} />
            {name}
          </span>
        ))}
      </div>
    </>
  );
}

function marksOf(session: Session): Mark[] {
  const documents = session.realms.flatMap(({ kind, url, offset }): Mark[] =>
    kind === 'page'
      ? [{ kind: 'document', from: offset, to: offset, text: `Document ${url}` }]
      : [],
  );
  const loads = session.modules.flatMap((module): Mark[] => {
    const from = module.compileStart ?? module.instantiateStart;
    const to = module.instantiateEnd ?? module.compileEnd ?? from;
    if (from === null || to === null) return [];
    return [{ kind: 'load', from, to, text: `Load of ${module.name}` }];
  });
  const longest = [...loads, ...session.spans.flatMap(markOfSpan)].sort(
    (a, b) => b.to - b.from - (a.to - a.from),
  );
  return [...documents, ...longest].slice(0, MOST);
}

function markOfSpan({ kind, name, start, duration }: Span): Mark[] {
  const times = { from: start, to: start + duration };
  switch (kind) {
    case 'longtask':
      return [{ kind: 'task', ...times, text: 'Long task' }];
    case 'long-animation-frame':
      return [{ kind: 'task', ...times, text: 'Long animation frame' }];
    case 'measure':
      return [{ kind: 'mark', ...times, text: `Measure ${name}` }];
    case 'mark':
      return [{ kind: 'mark', ...times, text: `Mark ${name}` }];
    default:
      return [];
  }
}

const description = ({ text, from, to, kind }: Mark): string =>
  kind === 'document'
    ? `${text} started at ${formatTime(from)}`
    : `${text}: ${formatDuration(to - from)} at ${formatTime(from)}`;
