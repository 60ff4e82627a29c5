import type { CrossingRow } from '../analysis/crossingTable.ts';
import type { TreeFigures } from '../analysis/treeFigures.ts';
import type { Session } from '../session/model.ts';
import { callSums } from '../session/model.ts';
import type { SmallSession } from './smallSession.ts';

interface OpenedSession {
  session: Session;
  /** Of the whole session, if nodes were left out. */
  figures: { tree: TreeFigures; crossings: CrossingRow[] } | null;
}

/** Turns the small form back into a session. */
export function openSmallSession(small: SmallSession): OpenedSession {
  const { session, nodes, intervals, figures } = small;
  return {
    session: {
      ...session,
      nodes: {
        length: nodes.parent.length,
        parent: Int32Array.from(nodes.parent),
        function: Int32Array.from(nodes.function),
        realm: Int32Array.from(nodes.realm),
      },
      intervals: intervals.map(({ realm, from, to, node, ...columns }) => ({
        realm,
        from,
        to,
        node: Int32Array.from(node),
        ...callSums((name) => Float64Array.from(columns[name])),
      })),
    },
    figures: figures && { tree: treeOf(figures.tree), crossings: figures.crossings },
  };
}

type Columns = NonNullable<SmallSession['figures']>['tree'];

const treeOf = (columns: Columns): TreeFigures => ({
  calls: Float64Array.from(columns.calls),
  total: Float64Array.from(columns.total),
  totalVariance: Float64Array.from(columns.totalVariance),
  self: Float64Array.from(columns.self),
  selfVariance: Float64Array.from(columns.selfVariance),
});
