import { useState } from 'preact/hooks';
import type { SessionInfo } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { ComparedPart } from './ComparedParts.tsx';
import { ComparedParts } from './ComparedParts.tsx';
import { SidePicker } from './SidePicker.tsx';
import { useComparison } from './useComparison.ts';
import { useSides } from './useSides.ts';

interface Props {
  store: SessionStore;
  sessions: readonly SessionInfo[];
  /** The candidate, until sides are chosen by hand; the next older session is the baseline. */
  selected: string;
}

/** Two sessions, or two groups of them, compared as the command line compares them. */
export function CompareView({ store, sessions, selected }: Props) {
  const [{ baseline, candidate }, choose] = useSides(store, sessions, selected);
  const [force, setForce] = useState(false);
  const [part, setPart] = useState<ComparedPart>('compare-metrics');
  const state = useComparison(store, baseline, candidate, force);
  if (sessions.length < 2) {
    return (
      <EmptyState title="Comparing takes two sessions">
        <p>
          Record the page again after a change, or import a session file. Five runs a side or more
          tell small changes from noise.
        </p>
      </EmptyState>
    );
  }
  return (
    <div class="compare">
      <div class="compare-sides">
        <SidePicker
          title="Baseline"
          sessions={sessions}
          chosen={baseline}
          taken={candidate}
          onChange={(change) => choose('baseline', change)}
        />
        <SidePicker
          title="Candidate"
          sessions={sessions}
          chosen={candidate}
          taken={baseline}
          onChange={(change) => choose('candidate', change)}
        />
      </div>
      {state.state === 'choosing' && (
        <EmptyState title="Choose the sessions of each side">
          <p>The baseline is what was before, the candidate what is now.</p>
        </EmptyState>
      )}
      {state.state === 'reading' && (
        <EmptyState title="Comparing">
          <p>The sessions are being read.</p>
        </EmptyState>
      )}
      {state.state === 'failed' && (
        <EmptyState title="They could not be compared">
          <p>{state.message}</p>
        </EmptyState>
      )}
      {state.state === 'ready' && (
        <ComparedParts
          compared={state.compared}
          force={force}
          onForce={setForce}
          part={part}
          onPart={setPart}
        />
      )}
    </div>
  );
}
