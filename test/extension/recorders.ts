import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { openPanel, pressRecord, pressStop } from '../../scripts/panel.mjs';
import type { RecordingStatus, RecordMode } from '../../src/extension/messages.ts';
import type { Settings } from '../../src/protocol/command.ts';
import type { Session } from '../../src/session/model.ts';
import { newFolder, runCli, sessionOf } from '../cli/runCli.ts';
import type { Chromium } from './chromium.ts';
import { finished, reloading } from './chromium.ts';
import type { Driver } from './driver.ts';

/** A page that is being recorded. */
export interface Recorded {
  page: Page;
  driver: Driver;
  /** Of the session. */
  id: string;
}

/** Opens a page, records it, and waits until it has done its own work under the recording. */
export async function openAndRecord(
  chromium: Chromium,
  url: string,
  { mode = 'reload', ...settings }: { mode?: RecordMode } & Partial<Settings> = {},
): Promise<Recorded> {
  const page = await chromium.openPage(url);
  return { page, ...(await record(chromium, page, { mode, ...settings })) };
}

/** The same for a page that is open. */
export async function record(
  chromium: Chromium,
  page: Page,
  { mode = 'reload', ...settings }: { mode?: RecordMode } & Partial<Settings> = {},
): Promise<Omit<Recorded, 'page'>> {
  const driver = await chromium.openDriver();
  const start = (): Promise<RecordingStatus> => driver.record(page.url(), mode, settings);
  const status = mode === 'reload' ? await reloading(page, start) : await start();
  return { driver, id: sessionIdOf(status) };
}

/**
 * An example's short work, recorded by the command line. @throws Error with what it said, where it
 * failed
 */
export async function recordByCommandLine(url: string): Promise<Session> {
  const file = join(newFolder(), 'session.wasmscope.json');
  const { code, stderr } = await runCli(['record', url, '--until-mark', 'done', '--out', file]);
  if (code !== 0) throw new Error(`wasmscope record ended with ${code}: ${stderr}`);
  return sessionOf(file);
}

/**
 * The same, recorded by the extension with DevTools closed. The recording begins on a page without
 * wasm: a reload of the example would find its compiled code, which the command line's fresh
 * contexts do not have.
 */
export async function recordByExtension(chromium: Chromium, url: string): Promise<Session> {
  const page = await chromium.browser.newPage();
  const before = new URL('/nothing-here', url).href;
  await page.goto(before);
  const driver = await chromium.openDriver();
  await page.bringToFront();
  const reloaded = page.waitForNavigation();
  const id = sessionIdOf(await driver.record(before));
  await reloaded;
  await page.goto(url);
  await finished(page);
  await driver.stop();
  const session = await driver.session(id);
  await page.close();
  return session;
}

/** Records a page by the panel in its DevTools. @returns the panel, which shows the session */
export async function recordInPanel(
  page: Page,
): Promise<Awaited<ReturnType<typeof openPanel>>['panel']> {
  const { panel } = await openPanel(page);
  await reloading(page, () => pressRecord(panel));
  await pressStop(panel);
  return panel;
}

/** @throws Error where the tab is not being recorded */
export function sessionIdOf(status: RecordingStatus): string {
  if (status.state !== 'recording') throw new Error(`not recording: ${JSON.stringify(status)}`);
  return status.session;
}

/** Calls of the boundary functions whose name ends so, over all realms. */
export function callsTo(session: Session, name: string): number {
  let sum = 0;
  for (const { node, calls } of session.intervals) {
    node.forEach((index, row) => {
      if (session.functions[session.nodes.function[index] as number]?.name.endsWith(name))
        sum += calls[row] as number;
    });
  }
  return sum;
}
