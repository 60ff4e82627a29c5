import type { ComponentChildren } from 'preact';
import type { CrossingRow } from '../../../src/analysis/crossingTable.ts';
import type { Session } from '../../../src/session/model.ts';
import type { Estimate } from '../../../src/statistics/estimate.ts';
import { formatBytes, formatCount, formatRate } from '../../../src/text/format.ts';
import type { Column } from '../../components/Column.ts';
import { estimateText } from '../../components/estimateText.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { realmColumn } from '../../components/realmColumn.tsx';
import { ShareBar } from '../../components/ShareBar.tsx';
import { shownName } from '../../state/shownName.ts';

export const isOut = (session: Session, fn: number): boolean =>
  session.functions[fn]?.kind === 'import';
export const direction = (session: Session, fn: number): string =>
  isOut(session, fn) ? 'wasm → JS' : 'JS → wasm';

/** One row a boundary function. What was not measured says why, in place of figures. */
export function crossingColumns(
  session: Session,
  rows: readonly CrossingRow[],
): Column<CrossingRow>[] {
  const most = rows.reduce((largest, { share }) => Math.max(largest, share), 0);
  const name = (fn: number): string => session.functions[fn]?.name ?? '';
  const moduleName = (fn: number): string =>
    session.modules[session.functions[fn]?.module ?? -1]?.name ?? '';
  const reason = ({ function: fn }: CrossingRow): string | null =>
    session.functions[fn]?.notMeasured ?? null;
  const figure = (row: CrossingRow, shown: () => ComponentChildren) =>
    row.calls === 0 ? <span class="dim">–</span> : shown();
  const time = (row: CrossingRow, estimate: Estimate, unitMs?: number) =>
    figure(row, () => estimateText(estimate, unitMs));
  /** What is not known stands below whatever is. */
  const by =
    (value: (row: CrossingRow) => number) =>
    (row: CrossingRow): number =>
      reason(row) !== null ? -1 : value(row);
  return [
    {
      key: 'name',
      title: 'Function',
      width: 'minmax(180px, 2fr)',
      cell: ({ function: fn }) => (
        <MiddleCut
          text={shownName(session, fn)}
          title={`${name(fn)} ${session.functions[fn]?.signature ?? ''}`}
        />
      ),
      sort: ({ function: fn }) => name(fn),
    },
    {
      key: 'direction',
      title: 'Direction',
      width: '98px',
      cell: ({ function: fn }) => (
        <>
          <i class={`swatch ${isOut(session, fn) ? 'out' : 'in'}`} />
          {direction(session, fn)}
        </>
      ),
      sort: ({ function: fn }) => direction(session, fn),
    },
    {
      key: 'calls',
      title: 'Calls',
      width: '82px',
      number: true,
      // Over all the figures' columns.
      span: (row) => (reason(row) === null ? 1 : session.info.settings.copies ? 7 : 6),
      cell: (row) =>
        reason(row) === null ? (
          formatCount(row.calls)
        ) : (
          <span class="dim" title={reason(row) ?? ''}>
            not measured: {reason(row)}
          </span>
        ),
      sort: by(({ calls }) => calls),
    },
    {
      key: 'self',
      title: 'Self',
      width: '132px',
      number: true,
      cell: (row) => time(row, row.self),
      sort: by(({ self }) => self.value),
    },
    {
      key: 'call',
      title: 'A call',
      width: '138px',
      number: true,
      cell: (row) => time(row, row.perCall, 1e-6),
      sort: by(({ perCall }) => perCall.value),
    },
    {
      key: 'total',
      title: 'Total',
      width: '132px',
      number: true,
      cell: (row) => time(row, row.total),
      sort: by(({ total }) => total.value),
    },
    {
      key: 'share',
      title: 'Self, share',
      width: '110px',
      number: true,
      cell: (row) => figure(row, () => <ShareBar share={row.share} most={most} />),
      sort: by(({ share }) => share),
    },
    {
      key: 'rate',
      title: 'Calls/s',
      width: '76px',
      number: true,
      cell: (row) => figure(row, () => formatRate(row.callsPerSecond)),
      sort: by(({ calls }) => calls),
    },
    ...(session.info.settings.copies
      ? [
          {
            key: 'copied',
            title: 'Copied',
            width: '92px',
            number: true,
            cell: (row: CrossingRow) =>
              row.copied === 0 ? <span class="dim">–</span> : formatBytes(row.copied),
            sort: by(({ copied }) => copied),
          },
        ]
      : []),
    {
      key: 'module',
      title: 'Module',
      width: 'minmax(110px, 1fr)',
      cell: ({ function: fn }) => <MiddleCut text={moduleName(fn)} />,
      sort: ({ function: fn }) => moduleName(fn),
    },
    ...realmColumn<CrossingRow>(session, ({ function: fn }) => session.functions[fn]?.realm),
  ];
}
