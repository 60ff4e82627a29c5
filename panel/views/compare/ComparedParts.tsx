import type { Refusals } from '../../../src/compare/model.ts';
import { runsText } from '../../../src/text/comparisonText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { TabPanel } from '../../components/TabPanel.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { CrossingDifferences } from './CrossingDifferences.tsx';
import { DiffFlame } from './DiffFlame.tsx';
import { ExplanationTable } from './ExplanationTable.tsx';
import { MetricTable } from './MetricTable.tsx';
import { OverlaidLines } from './OverlaidLines.tsx';
import type { Compared } from './useComparison.ts';

const PARTS = [
  { id: 'compare-metrics', title: 'Metrics' },
  { id: 'compare-why', title: 'Why' },
  { id: 'compare-time', title: 'Over time' },
  { id: 'compare-crossings', title: 'Crossings' },
  { id: 'compare-flame', title: 'Flame' },
] as const;
/** Id of the element in which a part is shown. */
const PART_PANEL = 'compare-part';
export type ComparedPart = (typeof PARTS)[number]['id'];

interface Props {
  compared: Compared;
  /** Whether what may not be compared is. */
  force: boolean;
  /** Null where that cannot be changed any more. */
  onForce: ((on: boolean) => void) | null;
  part: ComparedPart;
  onPart(part: ComparedPart): void;
}

/** A comparison, part by part: metrics, what changed them, time series, crossings, flame graph. */
export function ComparedParts({ compared, force, onForce, part, onPart }: Props) {
  return (
    <>
      <Notes compared={compared} force={force} onForce={onForce} />
      <div class="compare-parts">
        <Tabs
          label="Parts of the comparison"
          tabs={PARTS}
          selected={part}
          controls={PART_PANEL}
          onSelect={(id) => onPart(id)}
        />
        <span class="dim">{runsText(compared.comparison)}</span>
      </div>
      <TabPanel class="compare-part" id={PART_PANEL} tab={part}>
        <PartView part={part} compared={compared} />
      </TabPanel>
    </>
  );
}

const NAMES: Record<keyof Refusals, string> = {
  times: 'Times are',
  memory: 'Memory is',
  counts: 'Counts are',
  transfer: 'Bytes over the network are',
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Notes({
  compared: { comparison },
  force,
  onForce,
}: Pick<Props, 'compared' | 'force' | 'onForce'>) {
  const { refused, notes } = comparison;
  const reasons = (Object.keys(NAMES) as (keyof Refusals)[]).filter(
    (kind) => refused[kind].length > 0,
  );
  if (reasons.length + notes.length === 0) return null;
  return (
    <ul class="compare-notes">
      {reasons.map((kind) => (
        <li key={kind}>
          <b>{NAMES[kind]} not comparable:</b> {refused[kind].map(sentence).join(' ')}
        </li>
      ))}
      {reasons.length > 0 && onForce && (
        <li>
          <label class="check">
            <input
              type="checkbox"
              checked={force}
              onChange={(event) => onForce(event.currentTarget.checked)}
            />
            Compare them all the same
          </label>
        </li>
      )}
      {notes.map((note) => (
        <li key={note} class="dim">
          {note}
        </li>
      ))}
    </ul>
  );
}

const NO_SESSION = (
  <EmptyState title="No recording of this page is in the report">
    <p>Write a report of this page alone to see it.</p>
  </EmptyState>
);

function PartView({
  part,
  compared: { baseline, candidate, comparison },
}: {
  part: ComparedPart;
  compared: Compared;
}) {
  switch (part) {
    case 'compare-metrics':
      return <MetricTable comparison={comparison} />;
    case 'compare-why':
      return <ExplanationTable explanation={comparison.explanation} />;
    case 'compare-time':
      return baseline[0] && candidate[0] ? (
        <OverlaidLines baseline={baseline[0]} candidate={candidate[0]} />
      ) : (
        NO_SESSION
      );
    case 'compare-crossings':
      return <CrossingDifferences comparison={comparison} />;
    case 'compare-flame':
      return baseline[0] && candidate[0] ? (
        <DiffFlame baseline={baseline} candidate={candidate} />
      ) : (
        NO_SESSION
      );
    default:
      return part satisfies never;
  }
}
