import { watch } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

interface Measured {
  breakdown: { bytes: number; attribution: { scope: string }[]; types: string[] }[];
}

/**
 * How long to wait after an answer before asking again, ms; a tenth of that before the first time.
 */
const PAUSE = 30_000;

/**
 * Records the JS heap of the page's workers. Only the browser can measure it (WICG Performance
 * Measure Memory): in cross-origin isolated pages, at its next garbage collection, which it forces
 * after about 15 s. The agent therefore asks rarely, and only if the user had the page isolated for
 * this.
 */
export function hookWorkersHeap(context: HookContext): Undo {
  let on = true;
  const page = performance as { measureUserAgentSpecificMemory?(): Promise<Measured> };
  const addPoint = ({ breakdown }: Measured): void => {
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
    const answer = on && page.measureUserAgentSpecificMemory?.();
    if (answer) watch(answer, addPoint, failed);
  };
  schedule(ask, PAUSE / 10);
  return () => {
    on = false;
  };
}
