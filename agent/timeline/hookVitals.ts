import type { MetricType } from 'web-vitals';
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Undo } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

/**
 * Records web vitals whenever they change; the last span with a name is valid. The observers start
 * in a task of their own, because that takes 1 to 2 ms and would delay the page's first script. The
 * browser buffers earlier entries. They listen until the page ends.
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
