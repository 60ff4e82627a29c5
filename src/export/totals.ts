import type { CrossingInterval, NodeIndex, Session } from '../session/model.ts';
import { CALL_SUMS, callSums } from '../session/model.ts';

/** Adds intervals up, a node at a time. */
export interface Totals {
  add(interval: CrossingInterval): void;
  /** One interval a realm, over all of the session, with the nodes that were called. */
  intervals(session: Session): CrossingInterval[];
}

export function createTotals(): Totals {
  let room = 1024;
  const sums = CALL_SUMS.map(() => new Float64Array(room));

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
      CALL_SUMS.forEach((name, column) => {
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
        return {
          realm,
          from: 0,
          to: duration,
          node: Int32Array.from(own),
          ...callSums((name) => {
            const column = sums[CALL_SUMS.indexOf(name)];
            return Float64Array.from(own, (node) => column?.[node] ?? 0);
          }),
        };
      });
    },
  };
}
