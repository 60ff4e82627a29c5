import type { MetricType } from 'web-vitals';
import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Undo } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

/**
 * Web vitals, each change of each: the last span of a name holds. They listen until the page goes. They begin in a
 * task of their own, as that takes 1 to 2 ms before the page's first script; the browser keeps what came before.
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
