import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import { runsText } from '../../../src/text/runsText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { TabPanel } from '../../components/TabPanel.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { ComparisonNotes } from './ComparisonNotes.tsx';
import { CrossingDifferences } from './CrossingDifferences.tsx';
import { DiffFlame } from './DiffFlame.tsx';
import { ExplanationTable } from './ExplanationTable.tsx';
import { MetricTable } from './MetricTable.tsx';
import { OverlaidLines } from './OverlaidLines.tsx';
import type { Compared } from './useComparison.ts';

const PARTS = [
  { id: 'compare-metrics', title: 'Metrics' },
  { id: 'compare-why', title: 'Causes' },
  { id: 'compare-time', title: 'Over time' },
  { id: 'compare-crossings', title: 'Crossings' },
  { id: 'compare-flame', title: 'Flame' },
] as const;
/** Id of the element in which a part is shown. */
const PART_PANEL = 'compare-part';
export type ComparedPart = (typeof PARTS)[number]['id'];

interface Props {
  compared: Compared;
  /** Whether parts that are not comparable are compared anyway. */
  force: boolean;
  /** Null where that can no longer be changed, as in a report. */
  onForce: ((on: boolean) => void) | null;
  part: ComparedPart;
  onPart(part: ComparedPart): void;
}

/** A comparison in parts: metrics, the causes of changes, time series, crossings, flame graph. */
export function ComparedParts({ compared, force, onForce, part, onPart }: Props) {
  return (
    <>
      <ComparisonNotes comparison={compared.comparison} force={force} onForce={onForce} />
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

const NO_SESSION = (
  <EmptyState title={COMPARE_TEXT.notInReportTitle}>
    <p>{COMPARE_TEXT.notInReport}</p>
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
