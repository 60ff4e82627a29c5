import type { MetricComparison } from '../compare/model.ts';
import { formatChange } from './format.ts';

/**
 * `+15 %`; '' if there is no ratio. If the change is not significant there is none either, as the
 * medians shown next to it may differ the other way.
 */
export const changeText = ({ ratio, interval, significant }: MetricComparison): string =>
  ratio === null || (interval && !significant) ? '' : formatChange(ratio);

/** `+12 % to +18 %`; '' if there is no interval. */
export const intervalText = ({ interval }: MetricComparison): string =>
  interval ? `${formatChange(interval[0])} to ${formatChange(interval[1])}` : '';
