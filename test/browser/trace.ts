import type { Browser } from 'puppeteer-core';

/** An event of the browser's trace; `ts` in µs. */
export interface TraceEvent {
  name: string;
  cat: string;
  ts: number;
  args: Record<string, unknown>;
}

/**
 * What the wasm engine does, and whether the code of a streamed module came from the browser's
 * cache.
 */
const CATEGORIES = ['v8.wasm', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];
/** In the trace where a streamed module's code came from the browser's cache. */
export const CACHE_HIT = 'v8.wasm.moduleCacheHit';

/** The browser's trace while something runs. */
export async function traced<Result>(
  browser: Browser,
  run: () => Promise<Result>,
  categories: readonly string[] = CATEGORIES,
): Promise<{ result: Result; events: TraceEvent[] }> {
  const client = await browser.target().createCDPSession();
  const events: TraceEvent[] = [];
  client.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await client.send('Tracing.start', {
    traceConfig: { includedCategories: [...categories], excludedCategories: ['*'] },
    transferMode: 'ReportEvents',
  });
  const result = await run();
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  return { result, events };
}
