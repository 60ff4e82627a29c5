import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import type { Chunk } from '../../../src/protocol/chunk.ts';
import { createFold } from '../../../src/session/fold.ts';
import type { Session } from '../../../src/session/model.ts';
import { BORDER } from '../../fixtures/borderModule.ts';
import { COUNTING } from '../../fixtures/countingModule.ts';
import type { Harness, Opened } from '../harness.ts';
import { openHarness, TEST_INFO } from '../harness.ts';

// Pages with workers, without and with the extension's agent: the browser is the oracle.

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The agent as the extension brings it into pages: it takes itself into their workers. */
export const extensionAgent = (): string =>
  ['agent.js', 'vitals.js']
    .map((name) =>
      readFileSync(
        join(process.env.WASMSCOPE_DIST ?? join(repository, 'dist'), 'chromium', name),
        'utf8',
      ),
    )
    .join('\n');

type Routes = NonNullable<Parameters<typeof openHarness>[0]>['routes'];

/** Texts to be served as scripts, by path. */
export const scripts = (texts: Record<string, string>): Routes =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      (_, response) => response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(text),
    ]),
  );

export const openRealms = (
  options: NonNullable<Parameters<typeof openHarness>[0]> = {},
): Promise<Harness> =>
  openHarness({
    ...options,
    routes: {
      '/border.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(BORDER),
      '/counting.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(COUNTING),
      ...options.routes,
    },
  });

/**
 * Runs code in a page with the agent. The session contains the workers once that many realms have
 * handed over.
 */
export async function record<Result>(
  harness: Harness,
  run: () => Result | Promise<Result>,
  path = 'blank',
): Promise<{ result: Result; opened: Opened }> {
  const opened = await harness.open({ path, agent: extensionAgent() });
  return { result: (await opened.page.evaluate(run)) as Result, opened };
}

/** Stops the agents as a recorder does, and waits for the last chunks of so many realms. */
export async function sessionOf(opened: Opened, realms: number): Promise<Session> {
  await opened.stop();
  const chunks = await vi.waitFor(() => lastChunks(opened, realms), { timeout: 10_000 });
  const fold = createFold(TEST_INFO);
  for (const { protocol: _, ...segment } of chunks) fold.add(segment);
  return fold.session();
}

/** @throws Error until the agents of so many realms have stopped */
async function lastChunks(opened: Opened, realms: number): Promise<Chunk[]> {
  const chunks = await opened.chunks();
  const stopped = new Set(chunks.filter(({ end }) => end === 'stop').map(({ realm }) => realm));
  if (stopped.size !== realms)
    throw new Error(`${stopped.size} of ${realms} realms have handed over their last chunk.`);
  return chunks;
}

/**
 * Expects code to have the same result and console output with and without the agent, and returns
 * the result.
 */
export async function expectSame<Result>(
  harness: Harness,
  run: () => Result | Promise<Result>,
  path = 'blank',
): Promise<Result> {
  const look = async (agent: false | string): Promise<{ result: Result; messages: string[] }> => {
    const opened = await harness.open({ path, agent });
    try {
      return { result: (await opened.page.evaluate(run)) as Result, messages: opened.messages };
    } finally {
      await opened.close();
    }
  };
  const without = await look(false);
  expect(await look(extensionAgent())).toEqual(without);
  return without.result;
}
