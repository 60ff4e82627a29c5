import { describe, expect, it } from 'vitest';
import { comparisonNoteText, metricNoteText } from '../../../src/text/comparisonNotes.ts';
import { refusalText } from '../../../src/text/refusalText.ts';

describe('the text of a note', () => {
  it('says how many runs are outliers', () => {
    expect(comparisonNoteText({ code: 'outliers', side: 'candidate', runs: 2 })).toContain(
      'Timings of 2 runs of the candidate are left out as outliers',
    );
  });

  it('says which side has a metric alone', () => {
    expect(metricNoteText({ code: 'on one side', side: 'baseline' })).toBe(
      'Only the baseline has it.',
    );
  });

  it('gives the refusal of a metric', () => {
    expect(metricNoteText({ code: 'empty', session: 'run 1' })).toBe(
      'run 1 is empty. Record the page again.',
    );
  });
});

describe('the text of a refusal', () => {
  it('gives both values of a condition that differs', () => {
    const refusal = { code: 'condition differs', condition: 'devtools' } as const;
    expect(refusalText({ ...refusal, baseline: ['closed'], candidate: ['open'] })).toBe(
      'DevTools differ: closed in the baseline, open in the candidate.',
    );
  });

  it('calls the usual setup by a word', () => {
    const refusal = { code: 'condition differs', condition: 'setup' } as const;
    expect(refusalText({ ...refusal, baseline: [''], candidate: ['warm cache'] })).toBe(
      'the setup differs: default in the baseline, warm cache in the candidate.',
    );
  });

  it('gives the values of a condition that varies', () => {
    expect(
      refusalText({ code: 'condition varies', condition: 'mode', values: ['attach', 'reload'] }),
    ).toBe(
      'the recording mode differs from run to run: without reloading and from the first script.',
    );
  });
});
