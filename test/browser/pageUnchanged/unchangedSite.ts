import { expect } from 'vitest';
import type { Harness } from '../harness.ts';
import { openHarness } from '../harness.ts';

// The browser itself is the oracle: what a page sees with the agent is what it sees without.

export function openUnchanged(): Promise<Harness> {
  /** Breaks off the response to `/cut` that is under way. */
  let breakOff = (): void => {};
  return openHarness({
    routes: {
      '/text': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/plain' }).end('some text'),
      '/cut': (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain' }).write('begun');
        breakOff = () => response.destroy();
      },
      '/break': (_, response) => {
        breakOff();
        response.writeHead(204).end();
      },
      '/nothing': (_, response) => response.writeHead(204).end(),
      '/moved': (_, response) => response.writeHead(302, { Location: '/text' }).end(),
    },
  });
}

/**
 * Expects code to come to the same in an empty page with the agent as without, on the console too,
 * and returns what it came to. The console has messages of the network in no certain order.
 */
export async function expectUnchanged<Result>(
  harness: Harness,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  const look = async (agent: boolean): Promise<{ result: Result; messages: string[] }> => {
    const { page, messages, close } = await harness.open({ agent });
    // As text: for a function of puppeteer's, the browser reports no unhandled rejections.
    const result = (await page.evaluate(`(${run.toString()})()`)) as Result;
    await close();
    return { result, messages: messages.sort() };
  };
  const without = await look(false);
  expect(await look(true)).toEqual(without);
  return without.result;
}
