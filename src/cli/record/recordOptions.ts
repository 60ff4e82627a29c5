import { resolve } from 'node:path';
import type { Settings } from '../../protocol/command.ts';
import { DEFAULT_SETTINGS } from '../../protocol/command.ts';
import { UsageError } from '../cliError.ts';
import type { Values } from '../command.ts';
import { choice, number, text } from '../command.ts';
import type { LaunchOptions } from './launchBrowser.ts';
import type { Network, RunPlan } from './recordRun.ts';
import { NETWORKS } from './recordRun.ts';
import type { Until } from './until.ts';

/** Options of every command that records. */
export const RECORD_OPTIONS = {
  duration: { type: 'string' },
  'until-selector': { type: 'string' },
  'until-mark': { type: 'string' },
  'until-measure': { type: 'string' },
  scenario: { type: 'string' },
  timeout: { type: 'string' },
  cold: { type: 'boolean' },
  warm: { type: 'boolean' },
  cpu: { type: 'string' },
  network: { type: 'string' },
  serve: { type: 'string' },
  isolated: { type: 'boolean' },
  precompressed: { type: 'boolean' },
  browser: { type: 'string' },
  'browser-flag': { type: 'string', multiple: true },
  headed: { type: 'boolean' },
  'keep-query': { type: 'boolean' },
  partial: { type: 'boolean' },
  out: { type: 'string' },
} as const;

export const RECORD_HELP = `When a recording ends (one of these; default: --duration 5):
  --duration S          S seconds after the page has loaded
  --until-selector CSS  when an element that matches is in the page
  --until-mark NAME     when the page calls performance.mark(NAME)
  --until-measure NAME  when the page calls performance.measure(NAME, …)
  --scenario FILE       when run(page) is over, which this module exports; page is puppeteer's
  --timeout S           the longest wait, for loading and for the end, each (default: 60)

Conditions:
  --cold                a fresh browser context, empty caches (default)
  --warm                the page is visited once before, in the same context
  --cpu N               the page's thread N times slower
  --network NAME        ${Object.keys(NETWORKS).join(', ')}

The page:
  --serve DIR           serves a folder; pages are then paths in it (default: /)
  --isolated            what is served is cross-origin isolated: SharedArrayBuffer, finer clock
  --precompressed       where FILE.br or FILE.gz lies beside a served FILE, it is sent instead
  --keep-query          keeps queries and fragments of URLs in the session

The browser:
  --browser PATH        Chromium or Chrome (default: CHROME_PATH, else the usual places)
  --browser-flag=FLAG   one more flag for it, e.g. --browser-flag=--no-sandbox; may be repeated
  --headed              with a window

  --partial             accept a recording in which a worker could not be measured
  --out PATH            a folder, or a file's name where only one is written (default: this folder)`;

/** What all runs have in common. */
export interface RecordSetup {
  plan: Omit<RunPlan, 'url' | 'name' | 'path'>;
  launch: LaunchOptions;
  serve: {
    cwd: string;
    folder: string | undefined;
    isolated: boolean;
    precompressed: boolean;
  };
}

/** @throws UsageError */
export function recordSetup(values: Values, cwd: string): RecordSetup {
  if (values.cold && values.warm) throw new UsageError('--cold and --warm exclude each other.');
  const settings: Settings = { ...DEFAULT_SETTINGS, keepQuery: values['keep-query'] === true };
  return {
    plan: {
      settings,
      until: untilOf(values, cwd),
      timeout: number(values, 'timeout', 60, 0.001),
      warm: values.warm === true,
      cpu: number(values, 'cpu', 1, 1),
      network: choice(values, 'network', Object.keys(NETWORKS) as Network[]) ?? null,
      partial: values.partial === true,
      precompressed: values.precompressed === true,
    },
    launch: {
      path: text(values, 'browser'),
      headed: values.headed === true,
      flags: (values['browser-flag'] as string[] | undefined) ?? [],
    },
    serve: {
      cwd,
      folder: text(values, 'serve'),
      isolated: values.isolated === true,
      precompressed: values.precompressed === true,
    },
  };
}

function untilOf(values: Values, cwd: string): Until {
  const given: Until[] = [];
  if (values.duration !== undefined)
    given.push({ kind: 'duration', seconds: number(values, 'duration', 5) });
  const selector = text(values, 'until-selector');
  if (selector !== undefined) given.push({ kind: 'selector', selector });
  for (const kind of ['mark', 'measure'] as const) {
    const name = text(values, `until-${kind}`);
    if (name !== undefined) given.push({ kind, name });
  }
  const file = text(values, 'scenario');
  if (file !== undefined) given.push({ kind: 'scenario', file: resolve(cwd, file) });
  if (given.length > 1)
    throw new UsageError(
      'A recording has one end: give one of --duration, --until-selector, --until-mark, --until-measure, --scenario.',
    );
  return given[0] ?? { kind: 'duration', seconds: 5 };
}
