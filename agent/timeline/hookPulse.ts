import type { Undo } from '../page/patch.ts';
import { call, patchMethod } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

/** How often the delay of the event loop is measured, ms. */
const PROBE = 100;

/**
 * Records how busy the page's thread is: frames per second that the page requests while it is
 * visible, the longest event-loop delay and the JS heap each second, and periods in which the page
 * was hidden. About 20 µs a second and 2 µs a frame. The agent requests no frames of its own, as
 * that would make a page at rest draw sixty a second.
 */
export function hookPulse(context: HookContext): Undo {
  let on = true;
  let frames = 0;
  let hadFrames = false;
  let longestDelay = 0;
  let since = now();
  let hiddenAt: number | null = document.visibilityState === 'hidden' ? 0 : null;
  const requestFrame = requestAnimationFrame.bind(window);

  let requested = false;
  const countFrame = (): void => {
    requested = false;
    frames++;
  };
  const undoFrames = patchMethod(globalThis, 'requestAnimationFrame', (native, self, args) => {
    const id = call(native, self, args);
    // Once a frame, after the page's own callback.
    if (!requested) {
      requested = true;
      requestFrame(countFrame);
    }
    return id;
  });
  const probe = (): void => {
    const scheduled = now();
    schedule(() => {
      longestDelay = Math.max(longestDelay, now() - scheduled - PROBE);
      if (on) probe();
    }, PROBE);
  };
  const noteVisibility = (): void => {
    if (document.visibilityState === 'hidden') hiddenAt ??= now();
    else if (hiddenAt !== null) {
      context.spans.add({
        kind: 'visibility',
        name: 'hidden',
        start: hiddenAt,
        duration: now() - hiddenAt,
        value: null,
        detail: '',
      });
      hiddenAt = null;
    }
  };

  probe();
  document.addEventListener('visibilitychange', noteVisibility);
  context.onTick(() => {
    const time = now();
    const length = time - since;
    if (length < 100) return;
    // A hidden page draws nothing, which is not a low frame rate.
    if (hiddenAt === null && (frames > 0 || hadFrames))
      context.point('framesPerSecond', time, (frames * 1000) / length);
    context.point('eventLoopDelay', time, longestDelay);
    const heap = (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize;
    if (heap !== undefined) context.point('jsHeap', time, heap);
    hadFrames = frames > 0;
    frames = 0;
    longestDelay = 0;
    since = time;
  });
  return () => {
    on = false;
    undoFrames();
    document.removeEventListener('visibilitychange', noteVisibility);
    noteVisibility();
  };
}
