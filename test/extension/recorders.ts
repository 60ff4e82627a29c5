import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { openPanel, pressRecord, pressStop } from '../../scripts/panel.mjs';
import type { RecordingStatus } from '../../src/extension/messages.ts';
import type { Session } from '../../src/session/model.ts';
import { newFolder, runCli, sessionOf } from '../cli/runCli.ts';
import type { Chromium } from './chromium.ts';
import { finished, reloading } from './chromium.ts';

/** An example's short work, recorded by the command line. @throws Error with what it said, where it failed */
export async function recordByCommandLine(url: string): Promise<Session> {
  const file = join(newFolder(), 'session.wasmscope.json');
  const { code, stderr } = await runCli(['record', url, '--until-mark', 'done', '--out', file]);
  if (code !== 0) throw new Error(`wasmscope record ended with ${code}: ${stderr}`);
  return sessionOf(file);
}

/**
 * The same, recorded by the extension with DevTools closed. The recording begins on a page without wasm: a reload of the
 * example would find its compiled code, which the command line's fresh contexts have not.
 */
export async function recordByExtension(chromium: Chromium, url: string): Promise<Session> {
  const page = await chromium.browser.newPage();
  const before = new URL('/nothing-here', url).href;
  await page.goto(before);
  const driver = await chromium.openDriver();
  await page.bringToFront();
  const reloaded = page.waitForNavigation();
  const status = await driver.record(before);
  const id = sessionIdOf(status);
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
    node.forEach((at, row) => {
      if (session.functions[session.nodes.function[at] as number]?.name.endsWith(name))
        sum += calls[row] as number;
    });
  }
  return sum;
}
