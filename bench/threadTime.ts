import type { Page } from 'puppeteer-core';

/**
 * Has the browser add up the time that the page's main thread has the processor from now on; what
 * else the machine does is not in it.
 * @returns reads it, ms
 */
export async function watchThreadTime(page: Page): Promise<() => Promise<number>> {
  const client = await page.createCDPSession();
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<number> => {
    const { metrics } = await client.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000;
  };
  const before = await read();
  return async () => (await read()) - before;
}
