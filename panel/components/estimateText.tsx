import type { ComponentChildren } from 'preact';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { halfWidth } from '../../src/statistics/estimate.ts';
import { formatBound, formatEstimate } from '../../src/text/format.ts';
import { CROSSING_TEXT } from '../../src/text/panel/crossingText.ts';

/**
 * An estimated duration with its 95 % interval. Where the interval includes 0, only its upper end
 * is shown. A function and no component, as tables have hundreds of estimates.
 * @param unitMs what the value counts in, ms
 */
export function estimateText(estimate: Estimate, unitMs = 1): ComponentChildren {
  const half = halfWidth(estimate);
  const text = formatEstimate(estimate, unitMs);
  if (half === 0 || half < estimate.value) return text;
  return (
    <span class="dim" title={CROSSING_TEXT.uncertain(text)}>
      {'< '}
      {formatBound((estimate.value + half) * unitMs)}
    </span>
  );
}
