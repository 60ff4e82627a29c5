import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { recordRun } from '../../../src/cli/record/recordRun.ts';
import type { RunPlan } from '../../../src/cli/record/runPlan.ts';
import { setupOf } from '../../../src/cli/record/runPlan.ts';
import { DEFAULT_SETTINGS } from '../../../src/protocol/defaultSettings.ts';

const folder = mkdtempSync(join(tmpdir(), 'wasmscope-run-'));
const PLAN: RunPlan = {
  url: 'http://a.example/?token=1',
  name: 'a',
  path: join(folder, 'new/a.wasmscope.json'),
  settings: DEFAULT_SETTINGS,
  until: { kind: 'duration', seconds: 1 },
  timeout: 1,
  warm: false,
  cpu: 1,
  network: null,
  precompressed: false,
  partial: false,
};

test('a browser that closes before the first page leaves no file behind', async () => {
  const browser: Pick<Browser, 'version' | 'createBrowserContext'> = {
    version: () => Promise.resolve('HeadlessChrome/156.0.0.0'),
    createBrowserContext: () => Promise.reject(new Error('Connection closed')),
  };
  const hooks = {
    crashed: new Promise<never>(() => {}),
    signal: new AbortController().signal,
    onWarning() {},
  };
  await expect(recordRun(browser as Browser, PLAN, hooks)).rejects.toThrow('Connection closed');
  expect(readdirSync(folder)).toEqual([]);
});

test('deliberate changes are listed in the session’s conditions', () => {
  expect(setupOf(PLAN)).toBe('');
  expect(setupOf({ ...PLAN, warm: true, cpu: 4, network: 'slow-3g', precompressed: true })).toBe(
    'warm cache, CPU 4× slower, network slow-3g, precompressed files',
  );
});
