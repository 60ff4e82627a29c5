import type { CrossingInterval, NodeIndex, Session } from '../session/model.ts';

/** Adds intervals up, a node at a time. */
export interface Totals {
  add(interval: CrossingInterval): void;
  /** One interval a realm, over all of the session, with the nodes that were called. */
  intervals(session: Session): CrossingInterval[];
}

const COLUMNS = ['calls', 'certain', 'certainTime', 'timed', 'time', 'square'] as const;

export function createTotals(): Totals {
  let room = 1024;
  const sums = COLUMNS.map(() => new Float64Array(room));

  function makeRoom(node: NodeIndex): void {
    if (node < room) return;
    room = Math.max(2 * room, node + 1);
    sums.forEach((column, at) => {
      sums[at] = new Float64Array(room);
      sums[at].set(column);
    });
  }

  return {
    add(interval) {
      for (const node of interval.node) makeRoom(node);
      COLUMNS.forEach((name, column) => {
        const into = sums[column] as Float64Array;
        interval[name].forEach((value, at) => {
          const node = interval.node[at] as NodeIndex;
          into[node] = (into[node] as number) + value;
        });
      });
    },
    intervals({ nodes, realms, duration }) {
      const called: NodeIndex[][] = realms.map(() => []);
      for (let node = 0; node < Math.min(nodes.length, room); node++) {
        if (sums.some((column) => column[node] !== 0))
          called[nodes.realm[node] as number]?.push(node);
      }
      return called.map((own, realm) => {
        const column = (at: number): Float64Array =>
          Float64Array.from(own, (node) => sums[at]?.[node] ?? 0);
        const [calls, certain, certainTime, timed, time, square] = COLUMNS.map((_, at) =>
          column(at),
        ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
        return {
          realm,
          from: 0,
          to: duration,
          node: Int32Array.from(own),
          calls,
          certain,
          certainTime,
          timed,
          time,
          square,
        };
      });
    },
  };
}
