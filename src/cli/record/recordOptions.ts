import { resolve } from 'node:path';
import type { Settings } from '../../protocol/command.ts';
import { DEFAULT_SETTINGS } from '../../protocol/defaultSettings.ts';
import { UsageError } from '../cliError.ts';
import type { Values } from '../options.ts';
import { choice, flag, number, text, texts } from '../options.ts';
import type { LaunchOptions } from './launchBrowser.ts';
import type { RunPlan } from './runPlan.ts';
import { NETWORKS } from './runPlan.ts';
import type { TargetOptions } from './target.ts';
import type { Until } from './until.ts';

/** How long a recording lasts if nothing else ends it, s. */
const DURATION = 5;

const END = `When the recording ends (one of these; default: --duration ${DURATION})`;
const CONDITIONS = 'Conditions';
const PAGE = 'The page';
const BROWSER = 'The browser';

/** Options of every command that records. */
export const RECORD_OPTIONS = {
  duration: number({
    heading: END,
    placeholder: 'SECONDS',
    description: 'This many seconds after the page has loaded',
    default: undefined,
  }),
  'until-selector': text({
    heading: END,
    placeholder: 'CSS',
    description: 'When an element matches this selector',
  }),
  'until-mark': text({
    heading: END,
    placeholder: 'NAME',
    description: 'When the page calls performance.mark(NAME)',
  }),
  'until-measure': text({
    heading: END,
    placeholder: 'NAME',
    description: 'When the page calls performance.measure(NAME, …)',
  }),
  scenario: text({
    heading: END,
    placeholder: 'FILE',
    description:
      'When run(page), which this module exports, has finished; page is a Puppeteer page',
  }),
  timeout: number({
    heading: END,
    placeholder: 'SECONDS',
    description: 'The longest wait for the page to load, and then for the end',
    default: 60,
    least: 0.001,
  }),
  cold: flag({
    heading: CONDITIONS,
    description: 'Record in a fresh browser context with empty caches; this is the default',
  }),
  warm: flag({
    heading: CONDITIONS,
    description: 'Visit the page once before recording it, in the same browser context',
  }),
  cpu: number({
    heading: CONDITIONS,
    placeholder: 'FACTOR',
    description: 'Slow the page’s thread down by this factor',
    default: 1,
    least: 1,
  }),
  network: choice({
    heading: CONDITIONS,
    placeholder: 'NAME',
    description: 'Slow the network down',
    choices: NETWORKS.map(({ name }) => name),
  }),
  serve: text({
    heading: PAGE,
    placeholder: 'FOLDER',
    description: 'Serve a folder; pages are then paths in it (default: /)',
  }),
  isolated: flag({
    heading: PAGE,
    description: 'Serve cross-origin isolated pages: they have SharedArrayBuffer and a finer clock',
  }),
  precompressed: flag({
    heading: PAGE,
    description: 'Send FILE.br or FILE.gz instead of FILE if it exists; nothing else is compressed',
  }),
  'keep-query': flag({
    heading: PAGE,
    description: 'Keep the queries and fragments of URLs in the session',
  }),
  browser: text({
    heading: BROWSER,
    placeholder: 'PATH',
    description: 'Chromium or Chrome (default: CHROME_PATH, then the usual places)',
  }),
  'browser-flag': texts({
    heading: BROWSER,
    placeholder: 'FLAG',
    description:
      'Pass one more flag to the browser, as in --browser-flag=--no-sandbox; may be repeated',
  }),
  headed: flag({ heading: BROWSER, description: 'Show the browser’s window' }),
  partial: flag({
    description: 'Accept a recording in which a worker or document could not be measured',
  }),
};

/** What all runs of a command have in common. */
export interface RecordSetup {
  plan: Omit<RunPlan, 'url' | 'name' | 'path'>;
  launch: LaunchOptions;
  serve: TargetOptions;
}

/** @throws UsageError for options that exclude each other */
export function recordSetup(values: Values<typeof RECORD_OPTIONS>, cwd: string): RecordSetup {
  if (values.cold && values.warm)
    throw new UsageError('--cold and --warm exclude each other. Give one of them.');
  const settings: Settings = { ...DEFAULT_SETTINGS, keepQuery: values['keep-query'] };
  const { timeout, warm, cpu, partial, precompressed } = values;
  return {
    plan: {
      settings,
      until: untilOf(values, cwd),
      timeout,
      warm,
      cpu,
      network: values.network ?? null,
      precompressed,
      partial,
    },
    launch: { path: values.browser, headed: values.headed, flags: values['browser-flag'] },
    serve: { cwd, folder: values.serve, isolated: values.isolated, precompressed },
  };
}

function untilOf(values: Values<typeof RECORD_OPTIONS>, cwd: string): Until {
  const given: Until[] = [];
  const { duration, scenario } = values;
  if (duration !== undefined) given.push({ kind: 'duration', seconds: duration });
  const selector = values['until-selector'];
  if (selector !== undefined) given.push({ kind: 'selector', selector });
  const mark = values['until-mark'];
  if (mark !== undefined) given.push({ kind: 'mark', name: mark });
  const measure = values['until-measure'];
  if (measure !== undefined) given.push({ kind: 'measure', name: measure });
  if (scenario !== undefined) given.push({ kind: 'scenario', file: resolve(cwd, scenario) });
  if (given.length > 1)
    throw new UsageError(
      'A recording ends in one way. Give one of --duration, --until-selector, --until-mark, --until-measure and --scenario.',
    );
  return given[0] ?? { kind: 'duration', seconds: DURATION };
}
