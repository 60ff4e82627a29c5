import type { Undo } from '../page/patch.ts';
import { call, patchMethod } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import { schedule } from '../recording/schedule.ts';

/** How often the event loop is asked for its delay, ms. */
const PROBE = 100;

/**
 * How the page's thread is doing: frames a second that the page asks for while it is visible, the longest
 * event-loop delay, the JS heap, and the stretches in which it was hidden. About 20 µs a second and 2 µs a frame.
 * Frames are not asked for by the agent itself: that would make a page at rest draw sixty a second.
 */
export function hookPulse(context: HookContext): Undo {
  let on = true;
  let frames = 0;
  let animated = false;
  let worst = 0;
  let since = now();
  let hiddenAt: number | null = document.visibilityState === 'hidden' ? 0 : null;
  const nextFrame = requestAnimationFrame.bind(window);

  let counting = false;
  const frame = (): void => {
    counting = false;
    frames++;
  };
  const undoFrames = patchMethod(globalThis, 'requestAnimationFrame', (native, self, args) => {
    const id = call(native, self, args);
    // Behind the page's own callback, once a frame.
    if (!counting) {
      counting = true;
      nextFrame(frame);
    }
    return id;
  });
  const probe = (): void => {
    const asked = now();
    schedule(() => {
      worst = Math.max(worst, now() - asked - PROBE);
      if (on) probe();
    }, PROBE);
  };
  const visibility = (): void => {
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
  document.addEventListener('visibilitychange', visibility);
  context.onTick(() => {
    const at = now();
    const length = at - since;
    if (length < 100) return;
    // A hidden page makes no frames: that is no low rate.
    if (hiddenAt === null && (frames > 0 || animated))
      context.point('framesPerSecond', at, (frames * 1000) / length);
    context.point('eventLoopDelay', at, worst);
    const heap = (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize;
    if (heap !== undefined) context.point('jsHeap', at, heap);
    animated = frames > 0;
    frames = 0;
    worst = 0;
    since = at;
  });
  return () => {
    on = false;
    undoFrames();
    document.removeEventListener('visibilitychange', visibility);
    visibility();
  };
}
