import { useState } from 'preact/hooks';
import type { Comparison } from '../../src/compare/model.ts';
import type { Session } from '../../src/session/model.ts';
import type { ComparedPart } from '../views/compare/ComparedParts.tsx';
import { ComparedParts } from '../views/compare/ComparedParts.tsx';

/**
 * A comparison that was made when the report was written.
 * @param baseline the sessions of that side that are in the report
 */
export function ComparisonView({
  comparison,
  baseline,
  candidate,
}: {
  comparison: Comparison;
  baseline: Session[];
  candidate: Session[];
}) {
  const [part, setPart] = useState<ComparedPart>('compare-metrics');
  return (
    <div class="compare">
      <ComparedParts
        compared={{ baseline, candidate, comparison }}
        force={comparison.options.force}
        onForce={null}
        part={part}
        onPart={setPart}
      />
    </div>
  );
}
