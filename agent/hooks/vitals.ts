import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { MetricType } from 'web-vitals';
import { now } from '../lib/clock.ts';
import type { HookContext } from '../lib/context.ts';
import type { Undo } from '../lib/patch.ts';

/** Web vitals, each change of each: the last span of a name holds. They listen until the page goes. */
export function hookVitals(context: HookContext): Undo {
  let on = true;
  const report = ({ name, value, rating }: MetricType): void => {
    if (on) context.spans.add({ kind: 'vital', name, start: now(), duration: 0, value, detail: rating });
  };
  context.quietly('web vitals', () => {
    for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(report, { reportAllChanges: true });
  });
  return () => {
    on = false;
  };
}
