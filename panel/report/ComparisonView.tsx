import { useState } from 'preact/hooks';
import type { Comparison } from '../../src/compare/model.ts';
import type { Session } from '../../src/session/model.ts';
import type { ComparedPart } from '../views/compare/ComparedParts.tsx';
import { ComparedParts } from '../views/compare/ComparedParts.tsx';

/**
 * A comparison that was made when the report was written.
 * @param base the sessions of that side that are in the report
 */
export function ComparisonView({
  comparison,
  base,
  head,
}: {
  comparison: Comparison;
  base: Session[];
  head: Session[];
}) {
  const [part, setPart] = useState<ComparedPart>('compare-metrics');
  return (
    <div class="compare">
      <ComparedParts
        compared={{ base, head, comparison }}
        force={comparison.options.force}
        onForce={null}
        part={part}
        onPart={setPart}
      />
    </div>
  );
}
