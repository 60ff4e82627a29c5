import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import {
  scenarioFailed,
  scenarioMissing,
  scenarioNotLoaded,
  scenarioWithoutRun,
} from '../../text/cliMessages.ts';
import { CliError, reasonOf } from '../cliError.ts';

/** What a scenario's `run` receives. */
export interface ScenarioContext {
  url: string;
  /** Aborted when the recording is over. */
  signal: AbortSignal;
}

/** What a scenario module exports as `run`: it drives the page; the recording ends when it ends. */
export type Scenario = (page: Page, context: ScenarioContext) => Promise<unknown>;

/** Loads a scenario module and runs it. @throws CliError if it cannot be loaded, or fails */
export async function runScenario(
  file: string,
  page: Page,
  context: ScenarioContext,
): Promise<void> {
  const run = await loadScenario(file);
  try {
    await run(page, context);
  } catch (error) {
    throw new CliError(scenarioFailed(file, reasonOf(error)));
  }
}

async function loadScenario(file: string): Promise<Scenario> {
  if (!existsSync(file)) throw new CliError(scenarioMissing(file));
  const loaded: { run?: unknown } = await import(/* @vite-ignore */ pathToFileURL(file).href).catch(
    (error: unknown) => {
      throw new CliError(scenarioNotLoaded(file, reasonOf(error)));
    },
  );
  if (!isScenario(loaded.run)) throw new CliError(scenarioWithoutRun(file));
  return loaded.run;
}

const isScenario = (value: unknown): value is Scenario => typeof value === 'function';
