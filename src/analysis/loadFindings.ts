import type { Module } from '../session/model.ts';

/** What is worth knowing about how a module was loaded. src/text/loadBadge.ts words it. */
export type LoadFinding = { severity: 'good' | 'neutral' | 'warning' | 'bad' } & (
  | {
      code: 'failed';
      /** The engine's error; null: the server answered with an error status. */
      error: string | null;
    }
  | { code: 'streamed' }
  | { code: 'not streamed'; cause: Exclude<NonNullable<Module['notStreamedReason']>, 'failed'> }
  | { code: 'compiled on the main thread' }
  | { code: 'over budget'; budget: number }
  /** Nothing was transferred over the network. */
  | { code: 'cached' }
  /** Another realm loaded it and posted it here. */
  | { code: 'posted' }
  /** It was loaded before the recording, or elsewhere. */
  | { code: 'not measured' }
);

/** Bytes above which a module is over the default budget. */
export const MODULE_BUDGET = 5_000_000;
/** Smaller modules, such as toolchains generate as glue, load fast in any way. */
const SMALL = 4096;

/** The findings about one module, in the order of its load. */
export function loadFindings(module: Module): LoadFinding[] {
  const { error, notStreamedReason, bytes } = module;
  const severity = (bytes ?? Infinity) < SMALL ? 'neutral' : 'warning';
  const findings: LoadFinding[] = [];
  if (error || notStreamedReason === 'failed')
    findings.push({ severity: 'bad', code: 'failed', error });
  if (module.streamed) findings.push({ severity: 'good', code: 'streamed' });
  else if (notStreamedReason && notStreamedReason !== 'failed')
    findings.push({ severity, code: 'not streamed', cause: notStreamedReason });
  if (module.onMainThread && module.method === 'new Module')
    findings.push({ severity, code: 'compiled on the main thread' });
  if ((bytes ?? 0) > MODULE_BUDGET)
    findings.push({ severity: 'warning', code: 'over budget', budget: MODULE_BUDGET });
  if (module.transferSize === 0) findings.push({ severity: 'neutral', code: 'cached' });
  if (module.origin !== null) findings.push({ severity: 'neutral', code: 'posted' });
  else if (module.method === 'received')
    findings.push({ severity: 'neutral', code: 'not measured' });
  return findings;
}
