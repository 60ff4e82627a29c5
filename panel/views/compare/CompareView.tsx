import { useState } from 'preact/hooks';
import type { Refusals } from '../../../src/analysis/compare/model.ts';
import type { Session, SessionInfo } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { CrossingDifferences } from './CrossingDifferences.tsx';
import { DiffFlame } from './DiffFlame.tsx';
import { ExplanationTable } from './ExplanationTable.tsx';
import { MetricTable } from './MetricTable.tsx';
import { OverlaidLines } from './OverlaidLines.tsx';
import { SidePicker } from './SidePicker.tsx';
import { useComparison } from './useComparison.ts';
import type { Compared } from './useComparison.ts';

const PARTS = [
  { id: 'compare-metrics', title: 'Metrics' },
  { id: 'compare-why', title: 'Why' },
  { id: 'compare-time', title: 'Over time' },
  { id: 'compare-crossings', title: 'Crossings' },
  { id: 'compare-flame', title: 'Flame' },
] as const;
type Part = (typeof PARTS)[number]['id'];

interface Props {
  store: SessionStore;
  sessions: readonly SessionInfo[];
  /** The head at first; the next older session is the base. */
  selected: string;
}

/** Two sessions, or two groups of them, compared as the command line compares them. */
export function CompareView({ store, sessions, selected }: Props) {
  const older = sessions[sessions.findIndex(({ id }) => id === selected) + 1];
  const [base, setBase] = useState<string[]>(older ? [older.id] : []);
  const [head, setHead] = useState<string[]>([selected]);
  const [force, setForce] = useState(false);
  const [part, setPart] = useState<Part>('compare-metrics');
  const state = useComparison(store, base, head, force);
  if (sessions.length < 2) {
    return (
      <EmptyState title="Comparing takes two sessions">
        <p>Record the page again after a change, or import a session file. Five runs a side or more tell small changes from noise.</p>
      </EmptyState>
    );
  }
  return (
    <div class="compare">
      <div class="compare-sides">
        <SidePicker title="Base" sessions={sessions} chosen={base} taken={head} onChange={setBase} />
        <SidePicker title="Head" sessions={sessions} chosen={head} taken={base} onChange={setHead} />
      </div>
      {state.state === 'choosing' && <EmptyState title="Choose the sessions of each side"><p>The base is what was before, the head what is now.</p></EmptyState>}
      {state.state === 'reading' && <EmptyState title="Comparing"><p>The sessions are being read.</p></EmptyState>}
      {state.state === 'failed' && <EmptyState title="They could not be compared"><p>{state.message}</p></EmptyState>}
      {state.state === 'ready' && (
        <>
          <Notes compared={state.compared} force={force} onForce={setForce} />
          <div class="compare-parts">
            <Tabs label="Parts of the comparison" tabs={PARTS} selected={part} onSelect={(id) => setPart(id)} />
            <span class="dim">{runsText(state.compared)}</span>
          </div>
          <div class="compare-part" role="region" aria-label={PARTS.find(({ id }) => id === part)?.title} tabIndex={0}><PartView part={part} compared={state.compared} /></div>
        </>
      )}
    </div>
  );
}

function runsText({ comparison: { runs, paired } }: Compared): string {
  return `${runs.base} ${runs.base === 1 ? 'run' : 'runs'} against ${runs.head}${paired ? ', compared in pairs' : ''}`;
}

const NAMES: Record<keyof Refusals, string> = { times: 'Times', memory: 'Memory', counts: 'Counts' };

function Notes({ compared: { comparison }, force, onForce }: { compared: Compared; force: boolean; onForce(on: boolean): void }) {
  const { refused, notes } = comparison;
  const reasons = (Object.keys(NAMES) as (keyof Refusals)[]).filter((kind) => refused[kind].length > 0);
  if (reasons.length + notes.length === 0) return null;
  return (
    <ul class="compare-notes">
      {reasons.map((kind) => <li key={kind}><b>{NAMES[kind]} are not comparable:</b> {refused[kind].join(' ')}</li>)}
      {reasons.length > 0 && (
        <li><label class="check"><input type="checkbox" checked={force} onChange={(event) => onForce(event.currentTarget.checked)} />Compare them all the same</label></li>
      )}
      {notes.map((note) => <li key={note} class="dim">{note}</li>)}
    </ul>
  );
}

function PartView({ part, compared: { base, head, comparison } }: { part: Part; compared: Compared }) {
  switch (part) {
    case 'compare-metrics': return <MetricTable comparison={comparison} />;
    case 'compare-why': return <ExplanationTable explanation={comparison.explanation} />;
    case 'compare-time': return <OverlaidLines base={base[0] as Session} head={head[0] as Session} />;
    case 'compare-crossings': return <CrossingDifferences comparison={comparison} />;
    case 'compare-flame': return <DiffFlame base={base} head={head} />;
    default: return part satisfies never;
  }
}
