import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/**
 * An element's inner size in CSS pixels, kept up to date; 0 × 0 before it is there.
 * @param shown changes when the element comes or goes
 */
export function useSize<Of extends HTMLElement>(
  shown: unknown,
): [RefObject<Of | null>, { width: number; height: number }] {
  const ref = useRef<Of>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = (): void =>
      setSize((known) => {
        const { clientWidth: width, clientHeight: height } = element;
        return known.width === width && known.height === height ? known : { width, height };
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [shown]);
  return [ref, size];
}
