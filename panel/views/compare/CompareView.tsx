import { useState } from 'preact/hooks';
import type { SessionInfo } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { ComparedPart } from './ComparedParts.tsx';
import { ComparedParts } from './ComparedParts.tsx';
import { SidePicker } from './SidePicker.tsx';
import type { ComparisonState } from './useComparison.ts';
import { useComparison } from './useComparison.ts';
import { useSides } from './useSides.ts';

interface Props {
  store: SessionStore;
  sessions: readonly SessionInfo[];
  /** The candidate until the user chooses sides; the next older session is the baseline. */
  selected: string;
}

/** Compares two sessions, or two groups of sessions, as the command line does. */
export function CompareView({ store, sessions, selected }: Props) {
  const [{ baseline, candidate }, choose] = useSides(store, sessions, selected);
  const [force, setForce] = useState(false);
  const state = useComparison(store, baseline, candidate, force);
  if (sessions.length < 2) {
    return (
      <EmptyState title={COMPARE_TEXT.tooFewTitle}>
        <p>{COMPARE_TEXT.tooFew}</p>
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
      <Result state={state} force={force} onForce={setForce} />
    </div>
  );
}

function Result({
  state,
  force,
  onForce,
}: {
  state: ComparisonState;
  force: boolean;
  onForce(on: boolean): void;
}) {
  const [part, setPart] = useState<ComparedPart>('compare-metrics');
  switch (state.state) {
    case 'choosing':
      return (
        <EmptyState title={COMPARE_TEXT.chooseTitle}>
          <p>{COMPARE_TEXT.choose}</p>
        </EmptyState>
      );
    case 'reading':
      return (
        <EmptyState title={COMPARE_TEXT.readingTitle}>
          <p>{COMPARE_TEXT.reading}</p>
        </EmptyState>
      );
    case 'failed':
      return (
        <EmptyState title={COMPARE_TEXT.failedTitle}>
          <p>{state.message}</p>
        </EmptyState>
      );
    case 'ready':
      return (
        <ComparedParts
          compared={state.compared}
          force={force}
          onForce={onForce}
          part={part}
          onPart={setPart}
        />
      );
    default:
      return state satisfies never;
  }
}
