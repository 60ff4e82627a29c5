import type { MetricComparison } from '../../compare/model.ts';
import { onlyOneSideHas } from '../../text/cliMessages.ts';

/** How many functions and modules that only one side has are named. */
const NAMED = 8;

/** What only one side has. */
export interface OneSided {
  verdict: 'gone' | 'new';
  /** `only in the baseline: a.wasm, b.wasm · draw`. */
  text: string;
}

/** In one line for each side, because a module that is gone takes hundreds of figures along. */
export function oneSided(metrics: readonly MetricComparison[]): OneSided[] {
  const gone = namesOf(metrics, 'gone');
  const added = namesOf(metrics, 'new');
  return [
    ...(gone === '' ? [] : [{ verdict: 'gone' as const, text: onlyOneSideHas('baseline', gone) }]),
    ...(added === ''
      ? []
      : [{ verdict: 'new' as const, text: onlyOneSideHas('candidate', added) }]),
  ];
}

function namesOf(metrics: readonly MetricComparison[], verdict: OneSided['verdict']): string {
  const all = new Set(
    metrics
      .filter((metric) => metric.verdict === verdict)
      .map(({ label }) => label.replace(/: [^:]*$/, '')),
  );
  // A module stands for its functions.
  const names = [...all].filter((name) => {
    const [module = name] = name.split(' · ', 1);
    return module === name || !all.has(module);
  });
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.slice(0, NAMED).join(', ')}${more}`;
}
