import type { SpanRow } from '../../src/protocol/rows.ts';
import type { Undo } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';

interface FrameEntry extends PerformanceEntry {
  blockingDuration?: number;
  scripts?: readonly { sourceURL?: string; invoker?: string; duration: number }[];
}

/**
 * Records what the performance timeline shows of the page: User Timing, and long animation frames
 * or, where those are missing, long tasks. Costs nothing between entries.
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
  const kind = entry.entryType as SpanRow['kind'];
  const { name, startTime: start, duration } = entry;
  if (kind === 'mark' || kind === 'measure')
    return { kind, name: name.slice(0, 200), start, duration, value: null, detail: '' };
  const value = entry.blockingDuration ?? Math.max(duration - 50, 0);
  return { kind, name: '', start, duration, value, detail: longestScript(entry, context) };
}

/** What invoked the longest script of a long animation frame, and its URL. */
function longestScript({ scripts = [] }: FrameEntry, context: HookContext): string {
  const longest = [...scripts].sort((a, b) => b.duration - a.duration)[0];
  if (!longest) return '';
  const url = longest.sourceURL && context.cleanUrl(longest.sourceURL);
  return [longest.invoker, url].filter(Boolean).join(' ').slice(0, 300);
}
