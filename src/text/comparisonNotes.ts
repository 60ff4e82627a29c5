import type { ComparisonNote, MetricNote } from '../compare/note.ts';
import { countOf } from './countOf.ts';
import { refusalText } from './refusalText.ts';

/** What else to know about a comparison, in a sentence. */
export function comparisonNoteText(note: ComparisonNote): string {
  switch (note.code) {
    case 'few runs':
      return `Fewer than ${note.least} runs on a side: run-to-run variation cannot be estimated reliably from so few runs. Timings are judged as if they had been recorded on a busy machine; record more runs to be sure.`;
    case 'one run':
      return 'With one run on a side, counts that vary from run to run cannot be recognised.';
    case 'not in turn':
      return 'The sides were recorded one after the other, so a change in the machine between them would look like a change in the page. Record them in turn with wasmscope ab.';
    case 'late tier':
      return `In ${note.late} of ${note.runs} runs of the ${note.side} the tier probe ran before the engine had optimised it: the machine was busy, or wasm was slow.`;
    case 'outliers':
      return `Timings of ${countOf(note.runs, 'run')} of the ${note.side} are left out as outliers: nearly all timings of such a run were off together, so something else on the machine interfered.`;
    default:
      return note satisfies never;
  }
}

/** What to know about the comparison of one metric, in a sentence. */
export function metricNoteText(note: MetricNote): string {
  switch (note.code) {
    case 'not measured':
      return 'One side has no value for it: its recordings ended before it was measured.';
    case 'too few runs':
      return 'Too few runs have a value.';
    case 'too small':
      return 'Too small to report: under 1 % of the total, or below the clock’s resolution.';
    case 'on one side':
      return `Only the ${note.side} has it.`;
    default:
      return refusalText(note);
  }
}
