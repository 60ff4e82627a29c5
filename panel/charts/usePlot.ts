import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

/**
 * A uPlot chart in an element, as wide as that is.
 * @param create the chart's options and data; `width` is that of the element, CSS pixels
 * @param inputs a change of any of them makes the chart anew
 */
export function usePlot(
  create: (width: number) => { options: uPlot.Options; data: uPlot.AlignedData },
  inputs: readonly unknown[],
): { host: RefObject<HTMLDivElement | null>; plot: RefObject<uPlot | null> } {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const { options, data } = create(element.clientWidth);
    const made = new uPlot(options, data, element);
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: options.height }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, inputs);
  return { host, plot };
}
