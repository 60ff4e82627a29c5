import type { MetricType } from 'web-vitals';
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Undo } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

/**
 * Records web vitals with each change: the last span of a name holds. They begin in a task of their
 * own, as that takes 1 to 2 ms, which would delay the page's first script. The browser buffers what
 * came before. They listen until the page ends.
 */
export function hookVitals(context: HookContext): Undo {
  let on = true;
  const report = ({ name, value, rating }: MetricType): void => {
    if (on)
      context.spans.add({ kind: 'vital', name, start: now(), duration: 0, value, detail: rating });
  };
  schedule(
    () =>
      context.quietly('web vitals', () => {
        if (!on) return;
        for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB])
          observe(report, { reportAllChanges: true });
      }),
    0,
  );
  return () => {
    on = false;
  };
}
