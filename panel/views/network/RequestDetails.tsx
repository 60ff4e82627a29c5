import { requestEnd } from '../../../src/analysis/requestEnd.ts';
import { requestPhases } from '../../../src/analysis/requestPhases.ts';
import type { Request, TimeRange } from '../../../src/session/model.ts';
import { NETWORK_TEXT } from '../../../src/text/panel/networkText.ts';
import { Facts } from '../../components/Facts.tsx';
import { PhaseTable } from '../../components/PhaseTable.tsx';
import { requestFacts } from './requestFacts.ts';

interface Props {
  request: Request;
  onRange(range: TimeRange): void;
}

/** One request's phases on a time scale of its own, and everything else about it. */
export function RequestDetails({ request, onRange }: Props) {
  const { method, url, startTime, error } = request;
  const end = requestEnd(request);
  return (
    <section class="request-details" aria-label="Selected request">
      <h2>
        <span class="url">
          {method} {url}
        </span>
        {end !== null && (
          <button
            type="button"
            title={NETWORK_TEXT.focusRange}
            onClick={() => onRange({ from: startTime, to: Math.max(end, startTime + 1) })}
          >
            Focus on this range
          </button>
        )}
      </h2>
      {error && <p class="note error">{error}</p>}
      <div class="module-figures">
        <PhaseTable phases={requestPhases(request)} label={`Phases of ${url}`} />
        <Facts facts={requestFacts(request)} />
      </div>
    </section>
  );
}
