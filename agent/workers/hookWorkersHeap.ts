import { watch } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

interface Measured {
  breakdown: { bytes: number; attribution: { scope: string }[]; types: string[] }[];
}

/** How long the browser is left alone after an answer, ms; a tenth of that at first. */
const PAUSE = 30_000;

/**
 * The JS heap of the page's workers, of which nothing else tells: the browser measures it (WICG Performance Measure
 * Memory) where the page is cross-origin isolated, with its next garbage collection, or makes one after some 15 s. So it is
 * asked for where the user had the page isolated for that, and seldom.
 */
export function hookWorkersHeap(context: HookContext): Undo {
  let on = true;
  const page = performance as { measureUserAgentSpecificMemory?(): Promise<Measured> };
  const take = ({ breakdown }: Measured): void => {
    let heap = 0;
    for (const { bytes, attribution, types } of breakdown) {
      if (types[0] === 'JavaScript' && attribution[0]?.scope === 'DedicatedWorkerGlobalScope')
        heap += bytes;
    }
    context.point('workersHeap', now(), heap);
    schedule(ask, PAUSE);
  };
  const failed = (reason: unknown): void => context.unmeasured('workers', String(reason));
  const ask = (): void => {
    const asked = on && page.measureUserAgentSpecificMemory?.();
    if (asked) watch(asked, take, failed);
  };
  schedule(ask, PAUSE / 10);
  return () => {
    on = false;
  };
}
