interface Timers {
  scheduler?: { postTask(run: () => void, options: { delay: number }): Promise<void> };
  setTimeout?: (run: () => void, delay: number) => unknown;
}

type Later = (run: () => void, delay: number) => void;

// Saved before the page replaces them. A worker that waits for the debugger has no timers yet.
let later: Later | null = timers();
const waiting: [run: () => void, delay: number][] = [];

/** Prefers the scheduler where it exists: some pages clear all timers. */
function timers(): Later | null {
  const { scheduler, setTimeout } = globalThis as Timers;
  if (scheduler) {
    const postTask = scheduler.postTask.bind(scheduler);
    return (run, delay) => void postTask(run, { delay });
  }
  return setTimeout?.bind(globalThis) ?? null;
}

/** Runs a function after a delay in ms, in a task of its own. */
export function schedule(run: () => void, delay: number): void {
  if (later) later(run, delay);
  else waiting[waiting.length] = [run, delay];
}

/** Schedules what was postponed because there were no timers. */
export function wake(): void {
  later ??= timers();
  if (later) for (const [run, delay] of waiting.splice(0)) schedule(run, delay);
}

const idle = (
  globalThis as { requestIdleCallback?: (run: () => void) => number }
).requestIdleCallback?.bind(globalThis);

/** Runs a function when the page is idle; soon, if the engine does not report idle time. */
export function whenIdle(run: () => void): void {
  if (idle) idle(run);
  else schedule(run, 50);
}
