import type { Refusals } from '../../compare/model.ts';

/** Begins the list of reasons why a part of a comparison may not be made. */
export const NOT_COMPARABLE: Record<keyof Refusals, string> = {
  times: 'Times are not comparable:',
  memory: 'Memory is not comparable:',
  counts: 'Counts are not comparable:',
  transfer: 'Transferred bytes are not comparable:',
};

/** Sentences of the Compare view. */
export const COMPARE_TEXT = {
  tooFewTitle: 'A comparison needs two sessions',
  tooFew:
    'Record the page again after a change, or import a session file. With five or more runs per side, small changes can be distinguished from noise.',
  chooseTitle: 'Choose the sessions to compare',
  choose: 'The baseline is the version before the change, the candidate the version after it.',
  readingTitle: 'Comparing',
  reading: 'Reading the sessions…',
  failedTitle: 'The sessions could not be compared',
  gone: 'A chosen session no longer exists. Choose another one.',
  interval:
    'The bar shows the 95 % interval of candidate ÷ baseline on a scale from half to double.',
  noMetric: 'No metric matches. Clear the filters to see all metrics.',
  selectMetric: 'Select a metric to read its interval and notes.',
  noisy: 'It varies between runs of the same side.',
  noCrossingsTitle: 'No crossings recorded',
  noCrossings: 'No import or export was called on either side during the recordings.',
  flameWidths:
    'Widths show the mean time of both sides. Red boxes took longer in the candidate, green boxes less.',
  flameKeys: 'Arrow keys select a box, Enter zooms in, Escape zooms out.',
  unchangedTitle: 'No timing changed significantly',
  unchanged:
    'This view lists the functions, modules, load phases and requests that explain a change. Record more runs to detect smaller changes.',
  noSeriesTitle: 'No time series',
  noSeries: 'Both sessions are too short to have any. Record for longer.',
  notInReportTitle: 'The report contains no recording of this page',
  notInReport: 'To see it here, write a report of this page alone.',
  firstRuns: 'Where a side has several runs, its first one is shown.',
} as const;
