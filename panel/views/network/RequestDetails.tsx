import { requestEnd } from '../../../src/analysis/requestEnd.ts';
import { requestPhases } from '../../../src/analysis/requestPhases.ts';
import type { Request, TimeRange } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../../src/text/format.ts';
import { PhaseTable } from '../../components/PhaseTable.tsx';

/** One request's phases on a scale of their own, and all that is known of it. */
export function RequestDetails({
  request,
  onRange,
}: {
  request: Request;
  onRange(range: TimeRange): void;
}) {
  const end = requestEnd(request);
  return (
    <section class="request-details" aria-label="Selected request">
      <h2>
        <span class="url">
          {request.method} {request.url}
        </span>
        {end !== null && (
          <button
            type="button"
            title="Narrow all views to the time of this request"
            onClick={() =>
              onRange({ from: request.startTime, to: Math.max(end, request.startTime + 1) })
            }
          >
            Narrow views to it
          </button>
        )}
      </h2>
      {request.error && <p class="note error">{request.error}</p>}
      <div class="module-figures">
        <PhaseTable phases={requestPhases(request)} label={`Phases of ${request.url}`} />
        <dl class="facts">
          {factsOf(request).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

const CONNECTION = { true: 'reused', false: 'new', null: 'not known' } as const;

function factsOf(request: Request): [string, string][] {
  const { stream } = request;
  return [
    ['Status', request.status === null ? 'not known' : String(request.status)],
    ['Content type', request.contentType || 'not known'],
    ['Initiator', request.initiator],
    ['Protocol', request.protocol || 'not known'],
    ['Connection', CONNECTION[`${request.connectionReused}`]],
    ['From', request.cache],
    ['On the wire', formatBytes(request.transferSize)],
    ['Body, encoded', formatBytes(request.encodedBodySize)],
    ['Body, decoded', formatBytes(request.decodedBodySize ?? stream?.bytes ?? null)],
    ...(request.headersAt === null
      ? []
      : [['Response used at', formatTime(request.headersAt)] as [string, string]]),
    ...(stream
      ? ([
          [
            'First chunk',
            `${formatTime(stream.firstChunk)}, ${formatDuration(stream.firstChunk - request.startTime)} after the start`,
          ],
          ['Last chunk', formatTime(stream.lastChunk)],
          ['Chunks', `${formatCount(stream.chunks)}, ${formatBytes(stream.bytes)}`],
          [
            'Gaps',
            `largest ${formatDuration(stream.maxGap)}, median ${formatDuration(stream.medianGap)}`,
          ],
          ['Body ended', stream.end === 'open' ? 'not yet' : stream.end],
        ] as [string, string][])
      : []),
  ];
}
