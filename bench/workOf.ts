import type { Page } from 'puppeteer-core';

/** What an example's own measures say that its work took, without loading, ms. */
export const sumOfWork = (measures: readonly { name: string; duration: number }[]): number =>
  measures.filter(({ name }) => name !== 'load').reduce((sum, { duration }) => sum + duration, 0);

/** The same of a page that has done its work. */
export const workOf = async (page: Page): Promise<number> =>
  sumOfWork(
    await page.evaluate(() =>
      performance.getEntriesByType('measure').map(({ name, duration }) => ({ name, duration })),
    ),
  );
