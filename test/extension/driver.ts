import { readFileSync } from 'node:fs';
import type { RecordingStatus, RecordMode } from '../../src/extension/messages.ts';
import type { Settings } from '../../src/protocol/command.ts';
import { DEFAULT_SETTINGS } from '../../src/protocol/defaultSettings.ts';
import { createFold } from '../../src/session/fold.ts';
import type { Session, SessionInfo } from '../../src/session/model.ts';
import type { Segment } from '../../src/session/segment.ts';

const IN_PAGE = readFileSync(new URL('driver.js', import.meta.url), 'utf8');

/**
 * Drives the background from a page of the extension, in any browser: without DevTools, as nobody
 * needs them to record.
 */
export interface Driver {
  record(url: string, mode?: RecordMode, settings?: Partial<Settings>): Promise<RecordingStatus>;
  stop(): Promise<RecordingStatus>;
  /** Follows the tab that shows this URL. */
  watch(url: string): Promise<void>;
  until(...states: RecordingStatus['state'][]): Promise<RecordingStatus>;
  /**
   * How often it connected to the background: once, and once more for each time that was killed.
   */
  connections(): Promise<number>;
  sessions(): Promise<SessionInfo[]>;
  segments(session: string): Promise<Segment[]>;
  session(id: string): Promise<Session>;
}

/**
 * @param evaluate runs an expression in the extension's page and returns what its promise resolves
 *   to
 */
export async function createDriver(
  evaluate: (expression: string) => Promise<unknown>,
): Promise<Driver> {
  const run = async <Result>(call: string, ...args: unknown[]): Promise<Result> => {
    const text = await evaluate(
      `(async () => JSON.stringify(await driver.${call}(...${JSON.stringify(args)})))()`,
    );
    return JSON.parse((text as string | undefined) ?? 'null') as Result;
  };
  await evaluate(`${IN_PAGE}; 0`);
  const driver: Driver = {
    async record(url, mode = 'reload', settings = {}) {
      await driver.watch(url);
      await driver.until('idle', 'failed');
      await run('send', {
        type: 'record',
        url,
        mode,
        settings: { ...DEFAULT_SETTINGS, ...settings },
      });
      return await driver.until('recording', 'failed');
    },
    async stop() {
      await run('send', { type: 'stop' });
      return await driver.until('idle', 'failed');
    },
    watch: (url) => run('watch', url),
    until: (...states) => run('until', ...states),
    connections: () => run('connections'),
    sessions: () => run('sessions'),
    segments: (session) => run('segments', session),
    async session(id) {
      const info = (await driver.sessions()).find((candidate) => candidate.id === id);
      if (!info) throw new Error(`No session ${id} is stored.`);
      const fold = createFold(info);
      for (const segment of await driver.segments(id)) fold.add(segment);
      return fold.session();
    },
  };
  return driver;
}
