import type { CrossingRow } from '../analysis/crossingTable.ts';
import { crossingTable } from '../analysis/crossingTable.ts';
import type { TreeFigures } from '../analysis/treeFigures.ts';
import { treeFigures } from '../analysis/treeFigures.ts';
import type {
  BoundaryFunction,
  CrossingInterval,
  NodeTable,
  Series,
  Session,
} from '../session/model.ts';
import { CALL_SUMS, callSums } from '../session/model.ts';

/**
 * A session made small enough for a report that is one file: fewer points in time, the same sums.
 * As JSON it keeps
 * its meaning; `openSmallSession` makes the tables of it again.
 */
export interface SmallSession {
  session: Omit<Session, 'nodes' | 'intervals'>;
  nodes: { parent: number[]; function: number[]; realm: number[] };
  intervals: SmallInterval[];
  /**
   * Where nodes had to be left out: the figures of all of them. Then a stretch of time cannot be
   * told apart.
   */
  figures: {
    tree: { [Column in keyof TreeFigures]: number[] };
    crossings: CrossingRow[];
    left: number;
  } | null;
  /** What else was left out, in words. */
  omitted: string[];
}

type Columns = Pick<CrossingInterval, 'node' | (typeof CALL_SUMS)[number]>;
type SmallInterval = { realm: number; from: number; to: number } & {
  [Column in keyof Columns]: number[];
};

/** As if all calls had been timed, and none had taken time. */
const COUNTED: ReadonlySet<string> = new Set(['calls', 'certainCalls']);

/** How much of a table is kept. A report of ten minutes so stays below 3 MB. */
export interface SmallLimits {
  nodes: number;
  /** Rows of all crossing intervals together. */
  crossings: number;
  points: number;
  requests: number;
  spans: number;
  growths: number;
}

export const SMALL_LIMITS: SmallLimits = {
  nodes: 15_000,
  crossings: 40_000,
  points: 600,
  requests: 2000,
  spans: 2000,
  growths: 2000,
};

export function smallSession(session: Session, limits: SmallLimits = SMALL_LIMITS): SmallSession {
  const omitted: string[] = [];
  const first = <Row>(rows: readonly Row[], most: number, what: string): Row[] => {
    if (rows.length > most) omitted.push(`Of ${rows.length} ${what}, the first ${most} are here.`);
    return rows.slice(0, most);
  };
  const kept = keepNodes(session, limits.nodes);
  const { nodes: _, intervals: __, ...rest } = session;
  return {
    session: {
      ...rest,
      functions: kept.figures ? [...session.functions, LEFT_OUT] : session.functions,
      requests: first(session.requests, limits.requests, 'requests'),
      spans: first(session.spans, limits.spans, 'marks, measures and long tasks'),
      growths: first(session.growths, limits.growths, 'growth steps'),
      series: session.series.map((series) => thinned(series, limits.points)),
    },
    nodes: kept.nodes,
    intervals: mergedIntervals(session.intervals, kept, limits.crossings),
    figures: kept.figures,
    omitted,
  };
}

interface Kept {
  nodes: SmallSession['nodes'];
  /** A node's number among those kept, or that of its realm's node for all that is left out. */
  numberOf(node: number): number;
  isKept(node: number): boolean;
  figures: SmallSession['figures'];
}

/** Stands for all paths that are left out, with their calls: counts stay exact. */
const LEFT_OUT: BoundaryFunction = {
  realm: 0,
  module: -1,
  kind: 'table',
  name: '(paths left out)',
  index: null,
  signature: null,
  notMeasuredReason: null,
};

function keepNodes(session: Session, most: number): Kept {
  const { length, parent, function: fn, realm } = session.nodes;
  if (length <= most) {
    return {
      nodes: { parent: [...parent], function: [...fn], realm: [...realm] },
      numberOf: (node) => node,
      isKept: () => true,
      figures: null,
    };
  }
  const tree = treeFigures(session);
  // Those that took longest, and whatever they hang on.
  const byTime = [...tree.total.keys()].sort(
    (a, b) => (tree.total[b] as number) - (tree.total[a] as number),
  );
  const numbers = new Int32Array(length).fill(-1);
  const isTop = (node: number): boolean =>
    (parent[node] as number) < 0 || (parent[parent[node] as number] as number) < 0;
  // Those beneath a root carry the time in wasm.
  for (const node of numbers.keys()) if (isTop(node)) numbers[node] = 0;
  for (const node of byTime.slice(0, most))
    for (let at = node; at >= 0 && numbers[at] === -1; at = parent[at] as number) numbers[at] = 0;
  const nodes = [...numbers.keys()].filter((node) => numbers[node] === 0);
  nodes.forEach((node, number) => {
    numbers[node] = number;
  });
  const roots = nodes.filter((node) => (parent[node] as number) < 0);
  const isKept = (node: number): boolean => numbers[node] !== -1;
  const leftCalls = roots.map((root) =>
    tree.calls.reduce(
      (sum, calls, node) => (isKept(node) || realm[node] !== realm[root] ? sum : sum + calls),
      0,
    ),
  );
  /** A column of the nodes that are kept, and behind them of a realm's that are left out. */
  const of = (
    column: ArrayLike<number>,
    leftOut: (root: number, at: number) => number,
  ): number[] => [...nodes.map((node) => round(column[node] as number)), ...roots.map(leftOut)];
  const parents = parent.map((above) => (above < 0 ? -1 : (numbers[above] as number)));
  const zero = (): number => 0;
  return {
    nodes: {
      parent: of(parents, (root) => numbers[root] as number),
      function: of(fn, () => session.functions.length),
      realm: of(realm, (root) => realm[root] as number),
    },
    numberOf: (node) =>
      isKept(node)
        ? (numbers[node] as number)
        : nodes.length + roots.findIndex((root) => realm[root] === realm[node]),
    isKept,
    figures: {
      tree: {
        calls: of(tree.calls, (_, at) => leftCalls[at] as number),
        total: of(tree.total, zero),
        totalVariance: of(tree.totalVariance, zero),
        self: of(tree.self, zero),
        selfVariance: of(tree.selfVariance, zero),
      },
      crossings: crossingTable(session, null, tree),
      left: length - nodes.length,
    },
  };
}

/** Joins what lies side by side in time until few enough rows are left. */
function mergedIntervals(
  intervals: readonly CrossingInterval[],
  kept: Kept,
  most: number,
): SmallInterval[] {
  let stretch = 1;
  for (;;) {
    const merged = mergeBy(intervals, kept, stretch);
    const rows = merged.reduce((sum, { node }) => sum + node.length, 0);
    if (rows <= most || stretch > intervals.length) return merged;
    stretch *= Math.max(2, Math.ceil(rows / most / 2));
  }
}

/** Joins so many intervals of a realm into one. */
function mergeBy(
  intervals: readonly CrossingInterval[],
  { numberOf, isKept }: Kept,
  stretch: number,
): SmallInterval[] {
  const made: SmallInterval[] = [];
  const open = new Map<
    number,
    { taken: number; rows: Map<number, number[]>; interval: SmallInterval }
  >();
  const close = (realm: number): void => {
    const group = open.get(realm);
    open.delete(realm);
    if (!group) return;
    for (const [node, sums] of group.rows) {
      group.interval.node.push(node);
      CALL_SUMS.forEach((column, index) => {
        group.interval[column].push(round(sums[index] as number));
      });
    }
  };
  for (const interval of intervals) {
    let group = open.get(interval.realm);
    if (!group) {
      const empty = { node: [], ...callSums((): number[] => []) };
      group = {
        taken: 0,
        rows: new Map(),
        interval: { realm: interval.realm, from: interval.from, to: interval.to, ...empty },
      };
      open.set(interval.realm, group);
      made.push(group.interval);
    }
    group.interval.to = Math.max(group.interval.to, interval.to);
    for (let row = 0; row < interval.node.length; row++) {
      const whole = interval.node[row] as number;
      const node = numberOf(whole);
      const sums = group.rows.get(node) ?? CALL_SUMS.map(() => 0);
      group.rows.set(node, sums);
      CALL_SUMS.forEach((column, at) => {
        // What is left out counts, and takes no time of its own: that is in the paths above it.
        const value = isKept(whole)
          ? interval[column][row]
          : COUNTED.has(column)
            ? interval.calls[row]
            : 0;
        sums[at] = (sums[at] as number) + (value as number);
      });
    }
    if (++group.taken >= stretch) close(interval.realm);
  }
  for (const realm of [...open.keys()]) close(realm);
  return made;
}

/** Of each stretch its smallest and largest point, so that peaks stay. */
function thinned(series: Series, most: number): Series {
  const { time: at, value } = series;
  if (at.length <= most) return { ...series, time: at.map(round), value: value.map(round) };
  const step = (2 * at.length) / most;
  const kept: number[] = [];
  for (let start = 0; start < at.length; start += step) {
    const end = Math.min(Math.floor(start + step), at.length);
    let [low, high] = [Math.floor(start), Math.floor(start)];
    for (let point = low; point < end; point++) {
      if ((value[point] as number) < (value[low] as number)) low = point;
      if ((value[point] as number) > (value[high] as number)) high = point;
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return {
    ...series,
    time: kept.map((point) => round(at[point] as number)),
    value: kept.map((point) => round(value[point] as number)),
  };
}

/** Whole numbers as they are, others to seven digits: more is noise, and long. */
const round = (value: number): number =>
  Number.isInteger(value) ? value : Number(value.toPrecision(7));

/** The tables again. */
export function openSmallSession({ session, nodes, intervals, figures }: SmallSession): {
  session: Session;
  figures: { tree: TreeFigures; crossings: CrossingRow[] } | null;
} {
  const table: NodeTable = {
    length: nodes.parent.length,
    parent: Int32Array.from(nodes.parent),
    function: Int32Array.from(nodes.function),
    realm: Int32Array.from(nodes.realm),
  };
  const opened = intervals.map(({ realm, from, to, node, ...columns }) => ({
    realm,
    from,
    to,
    node: Int32Array.from(node),
    ...callSums((name) => Float64Array.from(columns[name])),
  }));
  const tree = figures && {
    calls: Float64Array.from(figures.tree.calls),
    total: Float64Array.from(figures.tree.total),
    totalVariance: Float64Array.from(figures.tree.totalVariance),
    self: Float64Array.from(figures.tree.self),
    selfVariance: Float64Array.from(figures.tree.selfVariance),
  };
  return {
    session: { ...session, nodes: table, intervals: opened },
    figures: figures && tree && { tree, crossings: figures.crossings },
  };
}
