import type { ComponentChildren } from 'preact';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { halfWidth } from '../../src/statistics/estimate.ts';
import { formatBound, formatEstimate } from '../../src/text/format.ts';

/**
 * An estimated duration with its 95 % interval. Where that reaches to nothing, only its upper end is known, and said.
 * No component, as tables have hundreds of them.
 * @param unitMs what the value counts in, ms
 */
export function estimateText(estimate: Estimate, unitMs = 1): ComponentChildren {
  const half = halfWidth(estimate);
  const text = formatEstimate(estimate, unitMs);
  if (half === 0 || half < estimate.value) return text;
  return (
    <span
      class="dim"
      title={`${text}: too few calls were timed to know it better. Record for longer.`}
    >
      {'< '}
      {formatBound((estimate.value + half) * unitMs)}
    </span>
  );
}
