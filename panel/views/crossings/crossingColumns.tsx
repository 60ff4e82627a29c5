import type { ComponentChildren } from 'preact';
import type { CrossingRow } from '../../../src/analysis/crossingTable.ts';
import type { BoundaryFunction, Session } from '../../../src/session/model.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';
import { DIRECTION_LABELS } from '../../../src/text/directionLabels.ts';
import { formatBytes, formatCount, formatRate } from '../../../src/text/format.ts';
import { CROSSING_TEXT } from '../../../src/text/panel/crossingText.ts';
import type { Column } from '../../components/Column.ts';
import { DirectionLabel } from '../../components/DirectionLabel.tsx';
import { estimateText } from '../../components/estimateText.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { realmColumn } from '../../components/realmColumn.tsx';
import { ShareBar } from '../../components/ShareBar.tsx';
import { directionOf } from '../../state/directionOf.ts';
import { shownName } from '../../state/shownName.ts';

/** One row per boundary function. Where it was not measured, the reason replaces its figures. */
export function crossingColumns(
  session: Session,
  rows: readonly CrossingRow[],
): Column<CrossingRow>[] {
  const functionOf = ({ function: fn }: CrossingRow): BoundaryFunction | undefined =>
    session.functions[fn];
  const moduleName = (row: CrossingRow): string =>
    session.modules[functionOf(row)?.module ?? -1]?.name ?? '';
  const figures = figureColumns(session, rows, (row) => functionOf(row)?.notMeasuredReason ?? null);
  return [
    {
      key: 'name',
      title: 'Function',
      term: 'boundary-function',
      width: 'minmax(180px, 2fr)',
      cell: (row) => (
        <MiddleCut
          text={shownName(session, row.function)}
          title={`${functionOf(row)?.name ?? ''} ${functionOf(row)?.signature ?? ''}`}
        />
      ),
      sort: (row) => functionOf(row)?.name ?? '',
    },
    {
      key: 'direction',
      title: 'Direction',
      term: 'crossing',
      width: '98px',
      cell: (row) => {
        const fn = functionOf(row);
        return fn && <DirectionLabel direction={directionOf(fn)} />;
      },
      sort: (row) => {
        const fn = functionOf(row);
        return fn ? DIRECTION_LABELS[directionOf(fn)] : '';
      },
    },
    ...figures,
    {
      key: 'module',
      title: 'Module',
      width: 'minmax(110px, 1fr)',
      cell: (row) => <MiddleCut text={moduleName(row)} />,
      sort: moduleName,
    },
    ...realmColumn<CrossingRow>(session, (row) => functionOf(row)?.realm),
  ];
}

type Reason = (row: CrossingRow) => string | null;

const NO_FIGURE = <span class="dim">–</span>;

/**
 * A figure of functions that were called. Functions that were not measured sort below all others.
 */
function figureColumn(
  key: string,
  title: string,
  width: string,
  reasonOf: Reason,
  sort: (row: CrossingRow) => number,
  cell: (row: CrossingRow) => ComponentChildren,
): Column<CrossingRow> {
  return {
    key,
    title,
    width,
    number: true,
    cell: (row) => (row.calls === 0 ? NO_FIGURE : cell(row)),
    sort: (row) => (reasonOf(row) === null ? sort(row) : -1),
  };
}

function figureColumns(
  session: Session,
  rows: readonly CrossingRow[],
  reasonOf: Reason,
): Column<CrossingRow>[] {
  const most = rows.reduce((largest, { share }) => Math.max(largest, share), 0);
  const time = (
    key: string,
    title: string,
    width: string,
    estimateOf: (row: CrossingRow) => Estimate,
    unitMs?: number,
  ): Column<CrossingRow> =>
    figureColumn(
      key,
      title,
      width,
      reasonOf,
      (row) => estimateOf(row).value,
      (row) => estimateText(estimateOf(row), unitMs),
    );
  const figures = [
    { ...time('self', 'Self time', '132px', ({ self }) => self), term: 'self-time' as const },
    {
      ...time('perCall', 'Per call', '138px', ({ perCall }) => perCall, 1e-6),
      term: 'per-call' as const,
    },
    { ...time('total', 'Total time', '132px', ({ total }) => total), term: 'total-time' as const },
    figureColumn(
      'share',
      'Self %',
      '110px',
      reasonOf,
      ({ share }) => share,
      ({ share }) => <ShareBar share={share} most={most} />,
    ),
    figureColumn(
      'rate',
      'Calls/s',
      '76px',
      reasonOf,
      ({ callsPerSecond }) => callsPerSecond,
      ({ callsPerSecond }) => formatRate(callsPerSecond),
    ),
    ...(session.info.settings.copies ? [copiedColumn(reasonOf)] : []),
  ];
  return [callsColumn(reasonOf, figures.length + 1), ...figures];
}

/** @param span how many columns of figures a reason covers */
const callsColumn = (reasonOf: Reason, span: number): Column<CrossingRow> => ({
  key: 'calls',
  title: 'Calls',
  width: '82px',
  number: true,
  span: (row) => (reasonOf(row) === null ? 1 : span),
  cell: (row) => {
    const reason = reasonOf(row);
    if (reason === null) return formatCount(row.calls);
    return (
      <span class="dim" title={reason}>
        {CROSSING_TEXT.notMeasured(reason)}
      </span>
    );
  },
  sort: (row) => (reasonOf(row) === null ? row.calls : -1),
});

const copiedColumn = (reasonOf: Reason): Column<CrossingRow> => ({
  key: 'copied',
  title: 'Copied',
  width: '92px',
  number: true,
  cell: ({ copied }) => (copied === 0 ? NO_FIGURE : formatBytes(copied)),
  sort: (row) => (reasonOf(row) === null ? row.copied : -1),
});
