import type { SpanRow } from '../../src/protocol/rows.ts';
import type { Undo } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';

interface FrameEntry extends PerformanceEntry {
  blockingDuration?: number;
  scripts?: readonly { sourceURL?: string; invoker?: string; duration: number }[];
}

/**
 * What the performance timeline shows of the page: User Timing, and long animation frames where there are any,
 * else long tasks. Costs nothing between entries.
 */
export function hookTimeline(context: HookContext): Undo {
  const supported = PerformanceObserver.supportedEntryTypes ?? [];
  const long = supported.includes('long-animation-frame') ? 'long-animation-frame' : 'longtask';
  const observer = new PerformanceObserver((list) =>
    context.quietly('the performance timeline', () => {
      for (const entry of list.getEntries()) context.spans.add(spanOf(entry, context));
    }),
  );
  for (const type of ['mark', 'measure', long]) {
    if (supported.includes(type)) observer.observe({ type, buffered: true });
  }
  return () => observer.disconnect();
}

function spanOf(entry: FrameEntry, context: HookContext): SpanRow {
  const { name, startTime: start, duration } = entry;
  if (entry.entryType === 'mark' || entry.entryType === 'measure') {
    return {
      kind: entry.entryType,
      name: name.slice(0, 200),
      start,
      duration,
      value: null,
      detail: '',
    };
  }
  const kind = entry.entryType === 'long-animation-frame' ? 'long-animation-frame' : 'longtask';
  const longest = [...(entry.scripts ?? [])].sort((a, b) => b.duration - a.duration)[0];
  const detail = longest
    ? [longest.invoker, longest.sourceURL && context.cleanUrl(longest.sourceURL)]
        .filter(Boolean)
        .join(' ')
    : '';
  return {
    kind,
    name: '',
    start,
    duration,
    value: entry.blockingDuration ?? Math.max(duration - 50, 0),
    detail: detail.slice(0, 300),
  };
}
