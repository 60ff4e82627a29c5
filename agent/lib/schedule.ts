// Held before the page replaces them.
const scheduler = (globalThis as { scheduler?: { postTask(run: () => void, options: { delay: number }): Promise<void> } }).scheduler;
const postTask = scheduler?.postTask.bind(scheduler);
const later = setTimeout.bind(globalThis);

/**
 * Runs something after a delay in ms, in a task of its own. Through the scheduler where there is one: pages
 * exist that clear every timer there is.
 */
export function schedule(run: () => void, delay: number): void {
  if (postTask) void postTask(run, { delay });
  else later(run, delay);
}

const idle = (globalThis as { requestIdleCallback?: (run: () => void) => number }).requestIdleCallback?.bind(globalThis);

/** Runs something when the page has nothing to do; soon, where the engine does not tell. */
export function whenIdle(run: () => void): void {
  if (idle) idle(run);
  else schedule(run, 50);
}
